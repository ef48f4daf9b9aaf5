import { expect, test } from 'vitest';
import { simpleCommand } from './simple-command';

test.each([
  ["kubectl get pods -o jsonpath='{.items[*].metadata.name}'", ['kubectl', 'get', 'pods', '-o', 'jsonpath={.items[*].metadata.name}']],
  ['a "b c" d\\ e \'f "g"\'', ['a', 'b c', 'd e', 'f "g"']],
  ['kubectl run web \\\n  --image=nginx', ['kubectl', 'run', 'web', '--image=nginx']],
  ['get pods # all of them', ['get', 'pods']],
  ['a#b', ['a#b']],
  ['', []],
])('the words of %j', (text, words) => {
  expect(simpleCommand(text)).toEqual({ words, input: '' });
});

test('a here-document is fed to the command', () => {
  expect(simpleCommand('kubectl apply -f - <<EOF\nkind: Pod\nname: "x\nEOF')).toEqual({
    words: ['kubectl', 'apply', '-f', '-'],
    input: 'kind: Pod\nname: "x\n',
  });
  expect(simpleCommand("cat <<-'END' -v\n\ta\n\tb\n\tEND\n")).toEqual({ words: ['cat', '-v'], input: 'a\nb\n' });
});
