import { expect, test } from 'vitest';
import { isUnfinished } from './unfinished';

test.each([
  'kubectl get pods',
  "echo 'a \\'",
  'echo "it\'s"',
  'echo \\"',
  'cat <<< word',
  'kubectl apply -f - <<EOF\nkind: Pod\nEOF',
  "kubectl apply -f - <<-'END' --dry-run=client\n\tkind: \"Pod\n\tEND",
  'cat <<A <<B\na\nA\nb\nB',
  "# it's a remark",
  'kubectl get pods # <<EOF',
  '',
])('%j is finished', (text) => {
  expect(isUnfinished(text)).toBe(false);
});

test.each([
  'kubectl run web \\',
  "echo 'a",
  'echo "a\nb',
  'kubectl apply -f - <<EOF',
  'kubectl apply -f - <<EOF\nkind: Pod\n EOF',
  'cat <<A <<B\na\nA\nb',
  "cat <<EOF\nit's\nEOF\necho 'x",
])('%j waits for another line', (text) => {
  expect(isUnfinished(text)).toBe(true);
});
