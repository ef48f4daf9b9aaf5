import { expect, test } from 'vitest';
import { suggestedCommands } from './suggested-commands';

const asked = (from: string) => suggestedCommands({ from, to: 'http://backend:80/api', protocol: 'TCP', via: null });

test('commands look where the request comes from', () => {
  expect(asked('pod/production/frontend')).toContain('kubectl get pods -o wide -n production');
  expect(asked('pod/frontend')).toContain('kubectl get pods -o wide');
  expect(asked('external/203.0.113.9')).toContain('kubectl get pods -o wide');
});
