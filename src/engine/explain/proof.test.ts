// What a client's program prints, and the commands that would prove why, for each sort of end.

import { describe, expect, test } from 'vitest';
import { ask, cluster } from '../course.test-support';
import { namesOf } from '../explained-names';
import { askedTarget } from '../target';
import { tell } from './tell';

const text = (labels: string, port: number): string => `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web-1, namespace: shop, labels: { app: ${labels} } }
spec: { containers: [{ name: main, image: example/app:1, ports: [{ containerPort: ${port} }] }] }
---
apiVersion: v1
kind: Pod
metadata: { name: client, namespace: shop }
spec: { containers: [{ name: main, image: busybox }] }
`;

const healthy = text('web', 8080);

function told(yaml: string, to: string) {
  const built = cluster(yaml);
  const { client, proofs } = tell(
    ask(built, { from: 'pod/shop/client', to }),
    namesOf(built.cluster),
    askedTarget({ to, protocol: 'TCP' }),
  );
  return { client, commands: proofs.map(({ command, node }) => (node === null ? command : `${node}# ${command}`)) };
}

describe('the end of a request', () => {
  test('that was answered shows the status, the endpoints and the connection', () => {
    expect(told(healthy, 'http://web/')).toEqual({
      client: { command: 'curl -sS --connect-timeout 5 http://web/', output: 'HTTP/1.1 200 OK' },
      commands: [
        'kubectl get endpointslices -n shop -l kubernetes.io/service-name=web',
        expect.stringMatching(/^node-[12]# conntrack -L -d 10\.152\.183\.\d+$/),
      ],
    });
  });

  test('at a Service that selects nothing is proven by its endpoints and by its labels', () => {
    const { client, commands } = told(text('wbe', 8080), 'http://web/');
    expect(client?.output).toBe("curl: (7) Failed to connect to web port 80: Couldn't connect to server");
    expect(commands).toEqual([
      'kubectl get endpointslices -n shop -l kubernetes.io/service-name=web',
      'kubectl get pods -n shop -l app=web -o wide',
    ]);
  });

  test('at a port where nobody listens is proven in the Pod and in the Service', () => {
    expect(told(text('web', 3000), 'http://web/').commands).toEqual([
      'kubectl exec -n shop web-1 -- ss -lntu',
      'kubectl get service -n shop web -o yaml',
    ]);
  });

  test('at a name that nobody has is proven with the resolver', () => {
    const { client, commands } = told(healthy, 'http://wbe/');
    expect(client?.output).toBe('curl: (6) Could not resolve host: wbe');
    expect(commands.slice(0, 2)).toEqual([
      'kubectl exec -n shop client -- cat /etc/resolv.conf',
      expect.stringMatching(/^kubectl exec -n shop client -- nslookup wbe 10\./),
    ]);
  });

  test('without curl is told as the system call that fails', () => {
    expect(told(text('web', 3000), 'web:80').client).toEqual({ command: null, output: 'connect: Connection refused (ECONNREFUSED)' });
    expect(told(healthy, '10.1.1.99:80').client?.output).toBe('connect: Connection timed out (ETIMEDOUT)');
    expect(told(healthy, 'ping:web')).toMatchObject({
      client: { command: 'ping -c 1 web', output: '1 packets transmitted, 0 packets received, 100% packet loss' },
    });
  });
});
