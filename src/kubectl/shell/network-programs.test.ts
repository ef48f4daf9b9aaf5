// What network programs in Pods print of every end that a request can come to, in the words of each make.

import { describe, expect, it } from 'vitest';
import { pod, SHOP, service, text, typing } from './typed.test-support';

const ends = typing(
  [
    SHOP,
    pod('silent', 'node-2', 'nginx:1.27'),
    service('silent', '10.152.183.27', 'selector: { app: silent }, ports: [{ port: 80 }]'),
    service('hl', 'None', 'selector: { app: web }, ports: [{ port: 80 }]'),
    `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: shut }
spec: { podSelector: { matchLabels: { app: silent } }, policyTypes: [Ingress] }
---`,
  ].join(''),
);

const inPod = (name: string, command: string) => ends.type(`kubectl exec ${name} -- ${command}`);
const CODE = (code: number) => `command terminated with exit code ${code}`;

describe('curl', () => {
  it.each([
    ['-s http://web:81 --connect-timeout 2', 28, ''],
    ['-sS --connect-timeout 2 http://silent', 28, 'curl: (28) Failed to connect to silent port 80 after 2001 ms: Timeout was reached'],
    ['-sS -m 2 http://silent', 28, 'curl: (28) Connection timed out after 2001 milliseconds'],
    ['-sS http://silent', 28, "curl: (28) Failed to connect to silent port 80 after 130000 ms: Couldn't connect to server"],
    ['-sS http://nobody', 7, "curl: (7) Failed to connect to nobody port 80 after 0 ms: Couldn't connect to server"],
    ['-sS http://10.1.2.2:81', 7, "curl: (7) Failed to connect to 10.1.2.2 port 81 after 0 ms: Couldn't connect to server"],
    ['-sS http://nope', 6, 'curl: (6) Could not resolve host: nope'],
    ['-sS ftp://web', 1, 'curl: (1) Protocol "ftp" not supported or disabled in libcurl'],
    ['--nope http://web', 2, "curl: option --nope: is unknown\ncurl: try 'curl --help' or 'curl --manual' for more information"],
  ])('%s ends with %i', (words, code, said) => {
    const { status, err } = inPod('tools', `curl ${words}`);
    expect([status, err]).toEqual([code, text(...(said === '' ? [] : [said]), CODE(code))]);
  });

  it('prints the page, and on request nothing but the code', () => {
    expect(inPod('web-1', 'curl -s http://web').out).toContain('<title>Welcome to nginx!</title>');
    expect(inPod('web-1', "curl -s -o /dev/null -w '%{http_code} %{remote_ip}\\n' web")).toMatchObject({
      status: 0,
      out: '200 10.152.183.25\n',
    });
    expect(inPod('tools', "curl -s -o /dev/null -w '%{http_code}' nope").out).toBe('000');
  });

  it('draws its table where the output is no terminal, and none where it is', () => {
    expect(inPod('web-1', 'curl http://nobody').err).toMatch(/^ {2}% Total .*\n.*\n {2}0 {5}0.*\ncurl: \(7\)/);
    expect(ends.type('kubectl exec -it web-1 -- curl http://nobody').err).toMatch(/^curl: \(7\)/);
  });

  it('tells the conversation with -v, before what it brings', () => {
    const { screen } = ends.type('kubectl exec -it web-1 -- curl -v http://web/');
    expect(screen).toMatch(
      /^\* {3}Trying 10\.152\.183\.25:80\.\.\.\n\* Connected to web \(10\.152\.183\.25\) port 80 \(#0\)\n> GET \/ HTTP\/1\.1\n/,
    );
    expect(screen.indexOf('< HTTP/1.1 200 OK')).toBeLessThan(screen.indexOf('<title>'));
    expect(ends.type('kubectl exec web-1 -- curl -sI http://web').out).toMatch(
      /^HTTP\/1\.1 200 OK\r\nServer: nginx\r\nDate: Mon, 05 Jan 2026 09:00:00 GMT\r\n/,
    );
  });
});

describe('wget', () => {
  it.each([
    [
      '-O- http://nobody',
      "Connecting to nobody (10.152.183.26:80)\nwget: can't connect to remote host (10.152.183.26): Connection refused",
    ],
    ['-qO- http://nope', "wget: bad address 'nope'"],
    ['-qO- -T 2 http://silent', 'wget: download timed out'],
    ['-qO- http://silent', "wget: can't connect to remote host (10.152.183.27): Connection timed out"],
  ])('of BusyBox says of %s what is wrong, and always ends with 1', (words, said) => {
    expect(inPod('client', `wget ${words}`)).toMatchObject({ status: 1, out: '', err: text(said, CODE(1)) });
  });

  it('uses the words of musl where the image does', () => {
    expect(inPod('alpine', 'wget -qO- http://silent').err).toBe(
      text("wget: can't connect to remote host (10.152.183.27): Operation timed out", CODE(1)),
    );
  });

  it('says that a file exists with --spider, and where a page goes', () => {
    expect(inPod('client', 'wget --spider http://web').screen).toBe(text('Connecting to web (10.152.183.25:80)', 'remote file exists'));
    expect(inPod('client', 'wget -O- http://web').screen).toMatch(
      /^Connecting to web \(.*\)\nwriting to stdout\n<!DOCTYPE html>[\s\S]*\nwritten to stdout\n$/,
    );
  });

  it('of GNU tells failures apart by the exit status', () => {
    expect(inPod('debian', 'wget -O- http://nobody')).toMatchObject({
      status: 4,
      err: expect.stringMatching(/Connecting to nobody \(nobody\)\|10\.152\.183\.26\|:80\.\.\. failed: Connection refused\.\n/),
    });
    expect(inPod('debian', 'wget http://nope').err).toContain('wget: unable to resolve host address ‘nope’\n');
  });
});

describe('ping', () => {
  it('of BusyBox counts answers from a Pod on another node, whose time to live has gone down', () => {
    const address = ends.now().session.server.loaded.snapshot.view.pods.find(({ name }) => name === 'web-2')?.addresses[0];
    expect(inPod('client', `ping -c 2 ${address}`)).toMatchObject({
      status: 0,
      out: expect.stringMatching(
        new RegExp(
          `^PING ${address} \\(${address}\\): 56 data bytes\n64 bytes from ${address}: seq=0 ttl=62 time=0\\.\\d{3} ms\n.*seq=1.*\n\n--- ${address} ping statistics ---\n2 packets transmitted, 2 packets received, 0% packet loss\nround-trip min/avg/max = `,
        ),
      ),
      sent: [expect.anything(), expect.anything()],
    });
  });

  it('hears nothing of a Service: it is of layer 4', () => {
    expect(inPod('client', 'ping -c 2 web')).toMatchObject({
      status: 1,
      out: text(
        'PING web (10.152.183.25): 56 data bytes',
        '',
        '--- web ping statistics ---',
        '2 packets transmitted, 0 packets received, 100% packet loss',
      ),
    });
    expect(inPod('tools', 'ping -c 2 web').out).toMatch(
      /^PING web \(10\.152\.183\.25\) 56\(84\) bytes of data\.\n\n--- web ping statistics ---\n2 packets transmitted, 0 received, 100% packet loss, time 1000ms\n\n$/,
    );
  });

  it('does not know every name', () => {
    expect(inPod('client', 'ping -c 1 nope')).toMatchObject({ status: 1, err: text("ping: bad address 'nope'", CODE(1)) });
    expect(inPod('tools', 'ping -c 1 nope')).toMatchObject({ status: 2, err: text('ping: nope: Name or service not known', CODE(2)) });
  });
});

describe('nslookup', () => {
  it('of BusyBox asks every search domain for a name without a dot, and fails although it found it', () => {
    const misses = ['', "** server can't find web.svc.cluster.local: NXDOMAIN", '', "** server can't find web.cluster.local: NXDOMAIN", ''];
    expect(inPod('client', 'nslookup web')).toMatchObject({
      status: 1,
      out: text(
        'Server:\t\t10.152.183.10',
        'Address:\t10.152.183.10:53',
        '',
        'Name:\tweb.default.svc.cluster.local',
        'Address: 10.152.183.25',
        ...misses,
        ...misses,
      ),
    });
  });

  it('of BusyBox asks for a name with a dot as it is, which wget would have found', () => {
    expect(inPod('client', 'nslookup hl.default').out).toContain("** server can't find hl.default: NXDOMAIN\n");
    expect(inPod('client', 'wget -qO- http://hl.default').status).toBe(0);
  });

  it('of BusyBox 1.28 asks the C library, and for the name of every address', () => {
    const head = ['Server:    10.152.183.10', 'Address 1: 10.152.183.10 kube-dns.kube-system.svc.cluster.local', ''];
    expect(inPod('old', 'nslookup web').out).toBe(
      text(...head, 'Name:      web', 'Address 1: 10.152.183.25 web.default.svc.cluster.local'),
    );
    expect(inPod('old', 'nslookup nope')).toMatchObject({
      status: 1,
      out: text(...head),
      err: text("nslookup: can't resolve 'nope'", CODE(1)),
    });
  });

  it('of BIND uses the search path', () => {
    expect(inPod('tools', 'nslookup web').out).toBe(
      text(
        'Server:\t\t10.152.183.10',
        'Address:\t10.152.183.10#53',
        '',
        'Name:\tweb.default.svc.cluster.local',
        'Address: 10.152.183.25',
        '',
      ),
    );
    expect(inPod('tools', 'nslookup nope')).toMatchObject({
      status: 1,
      out: expect.stringContaining("** server can't find nope: NXDOMAIN\n"),
    });
  });

  it('asks the server that it is told, and gives up where nobody answers there', () => {
    const address = ends.now().session.server.loaded.snapshot.view.pods.find(({ name }) => name === 'web-2')?.addresses[0];
    expect(inPod('client', `nslookup web ${address}`)).toMatchObject({
      status: 1,
      out: `nslookup: write to '${address}': Connection refused\n;; connection timed out; no servers could be reached\n\n`,
    });
    expect(inPod('tools', 'nslookup web 10.152.183.26').out).toBe(
      text(...Array(3).fill(';; communications error to 10.152.183.26#53: timed out'), ';; no servers could be reached', ''),
    );
  });
});

describe('dig, host and getent', () => {
  it('dig does not search: the short name is unknown, and it succeeds all the same', () => {
    expect(inPod('tools', 'dig web')).toMatchObject({ status: 0, out: expect.stringMatching(/status: NXDOMAIN, id: \d+\n;; flags: qr/) });
    expect(inPod('tools', 'dig +short +search web').out).toBe('10.152.183.25\n');
    expect(inPod('tools', 'dig +short -x 10.152.183.25').out).toBe('web.default.svc.cluster.local.\n');
  });

  it('dig shows one record for each Pod behind a headless Service', () => {
    expect(inPod('tools', 'dig +short hl.default.svc.cluster.local').out.trim().split('\n')).toHaveLength(2);
    expect(inPod('tools', 'dig +noall +answer web.default.svc.cluster.local').out).toBe(
      'web.default.svc.cluster.local.\t30\tIN\tA\t10.152.183.25\n',
    );
    expect(inPod('tools', 'dig @10.152.183.26 web')).toMatchObject({
      status: 9,
      out: expect.stringContaining(';; no servers could be reached\n'),
    });
  });

  it('host and getent search', () => {
    expect(inPod('tools', 'host web').out).toBe('web.default.svc.cluster.local has address 10.152.183.25\n');
    expect(inPod('tools', 'host nope')).toMatchObject({ status: 1, out: 'Host nope not found: 3(NXDOMAIN)\n' });
    expect(inPod('tools', 'getent hosts web').out).toBe('10.152.183.25   web.default.svc.cluster.local\n');
    expect(inPod('tools', 'getent hosts nope')).toMatchObject({ status: 2, out: '' });
  });
});

describe('nc and traceroute', () => {
  it.each([
    ['client', 'nc -zv web 80', 0, 'web (10.152.183.25:80) open'],
    ['client', 'nc -zv nobody 80', 1, 'nc: nobody (10.152.183.26:80): Connection refused'],
    ['client', 'nc -zv -w 2 silent 80', 1, 'nc: timed out'],
    ['client', 'nc -zv nope 80', 1, "nc: bad address 'nope'"],
    ['tools', 'nc -zv web 80', 0, 'Connection to web (10.152.183.25) 80 port [tcp/http] succeeded!'],
    ['tools', 'nc -zv nobody 80', 1, 'nc: connect to nobody (10.152.183.26) port 80 (tcp) failed: Connection refused'],
  ])('in %s says of %s', (name, command, status, said) => {
    expect(inPod(name, command)).toMatchObject({ status, err: text(said, ...(status === 0 ? [] : [CODE(status)])) });
  });

  it('names both nodes on the way to a Pod', () => {
    const address = ends.now().session.server.loaded.snapshot.view.pods.find(({ name }) => name === 'web-2')?.addresses[0] ?? '';
    const hops = inPod('client', `traceroute -n ${address}`)
      .out.split('\n')
      .map((line) => line.trim().split(/\s+/)[1]);
    expect(hops.slice(1, 4)).toEqual(['192.168.1.10', '192.168.1.11', address]);
  });
});

it('a cluster without CoreDNS knows no name, and every tool says so in its way', () => {
  const { type } = typing(
    `${SHOP}
apiVersion: v1
kind: Service
metadata: { name: kube-dns, namespace: kube-system }
spec: { clusterIP: 10.152.183.10, selector: { k8s-app: nobody }, ports: [{ name: dns, port: 53, protocol: UDP }] }
`,
  );
  expect(type('kubectl exec client -- wget -qO- http://web').err).toBe(text("wget: bad address 'web'", CODE(1)));
  expect(type('kubectl exec tools -- curl -sS http://web')).toMatchObject({
    status: 6,
    err: text('curl: (6) Could not resolve host: web', CODE(6)),
  });
  expect(type('kubectl exec client -- nslookup web').out).toContain(';; connection timed out; no servers could be reached\n');
  expect(type('kubectl exec tools -- ping -c 1 web').err).toContain('Temporary failure in name resolution');
});
