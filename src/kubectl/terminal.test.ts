// The terminal as a whole: how a line is read, which program runs, what stays from line to line.

import { describe, expect, it } from 'vitest';
import { pod, SHOP, service, text, typing, typingInTime } from './shell/typed.test-support';

const DEFAULTED = 'Defaulted container "main" out of: main, log\n';

describe('the line', () => {
  const { type } = typing(SHOP);

  it.each([
    ['echo a   "b  c" \'d $HOME\' e\\ f # no more', 'a b  c d $HOME e f\n'],
    ['x=1; echo "$x$x" $HOME', '11 /home/student\n'],
    ['echo one; false && echo two || echo three', 'one\nthree\n'],
    ['echo $(echo in; echo side) `echo back`', 'in side back\n'],
    ['for i in 1 2 3; do echo $i; done | tail -1', '3\n'],
    ['if [ 1 -eq 2 ]; then echo yes; else echo no; fi', 'no\n'],
    ['printf "%s=%d\\n" a 1 b 2', 'a=1\nb=2\n'],
    ['seq 3 | sort -rn | head -n 1', '3\n'],
    ['printf "b 2\\na 1\\n" | sort | awk \'{print $2}\' | tr 12 xy', 'x\ny\n'],
    ['printf "a:b:c" | cut -d: -f2-', 'b:c\n'],
    ['printf "web 1\\nlog 2\\nweb 3\\n" | grep -c ^web', '2\n'],
    ['printf "a\\nb\\nb\\n" | uniq -c | sed "s/ *//"', '1 a\n2 b\n'],
    ['cat <<EOF\nkind: $HOME\nEOF', 'kind: /home/student\n'],
    ["cat <<'EOF' | wc -l\n$HOME\nEOF", '1\n'],
    ['nope 2>/dev/null; echo $?', '127\n'],
    ['kubectl get pods client -o name 2>&1 | cat', 'pod/client\n'],
    ['k get po -o name | grep web', 'pod/web-1\npod/web-2\n'],
    ['microk8s kubectl get svc web -o name', 'service/web\n'],
  ])('%s', (line, out) => {
    expect(type(line)).toMatchObject({ status: 0, out });
  });

  it.each([
    ['foo --bar', 127, 'bash: foo: command not found\n'],
    ['echo "open', 2, 'bash: unexpected EOF while looking for matching `"\'\n'],
    ['echo a && && b', 2, "bash: syntax error near unexpected token `&&'\n"],
    ['done', 2, "bash: syntax error near unexpected token `done'\n"],
    ['cat nowhere.yaml', 1, 'cat: nowhere.yaml: No such file or directory\n'],
    ['helm install x', 127, 'bash: helm: command not found\n'],
  ])('%s ends with %i', (line, status, err) => {
    expect(type(line)).toMatchObject({ status, out: '', err });
  });

  it('stops an endless loop as a person would', () => {
    expect(type('while true; do echo on; done')).toMatchObject({ status: 130, screen: `${'on\n'.repeat(5)}^C\n` });
  });
});

describe('what stays', () => {
  const { type } = typing(SHOP);

  it('keeps aliases, variables, files and the history', () => {
    type('alias kgp="kubectl get pods"');
    expect(type('kgp client -o name').out).toBe('pod/client\n');
    type('export do="--dry-run=client -o yaml"');
    expect(type('kubectl create deployment shop --image=nginx $do > d.yaml').screen).toBe('');
    expect(type('cat d.yaml | head -2').out).toBe('apiVersion: apps/v1\nkind: Deployment\n');
    expect(type('kubectl apply -f d.yaml').out).toBe('deployment.apps/shop created\n');
    expect(type('history | tail -2').out).toMatch(/^ {4}6 {2}kubectl apply -f d\.yaml\n {4}7 {2}history \| tail -2\n$/);
  });

  it('opens a shell in a Pod, until it is left', () => {
    expect(type('kubectl exec -it client -- sh').terminal.shells).toHaveLength(1);
    expect(type('hostname; wget -qO- http://web | grep -c "<h1>"').out).toBe('client\n1\n');
    expect(type('kubectl get pods')).toMatchObject({ status: 127, err: 'sh: kubectl: not found\n' });
    expect(type('exit').terminal.shells).toEqual([]);
    expect(type('hostname').out).toBe('kubehop\n');
  });

  it('gives every request that it sends, and looking gives no other cluster', () => {
    expect(type('for i in 1 2 3; do kubectl exec client -- wget -qO- http://web; done').sent).toHaveLength(3);
    expect(type('kubectl get pods').server).toBeUndefined();
  });
});

describe('exec', () => {
  const two = `
apiVersion: v1
kind: Pod
metadata: { name: both }
spec: { nodeName: node-1, containers: [{ name: main, image: nginx }, { name: log, image: busybox, command: [sleep, infinity] }] }
---`;
  const { type } = typing(SHOP + two);

  it.each([
    ['kubectl exec both -- true', 0, DEFAULTED],
    ['kubectl exec both -c nope -- ls', 1, 'error: container nope is not valid for pod both out of: main, log\n'],
    ['kubectl exec nope -- ls', 1, 'Error from server (NotFound): pods "nope" not found\n'],
    [
      'kubectl exec client ls',
      1,
      "error: exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead\nSee 'kubectl exec -h' for help and examples\n",
    ],
    ['kubectl exec client', 1, 'error: you must specify at least one command for the container\n'],
    ['kubectl exec client -- false', 1, 'command terminated with exit code 1\n'],
    ['kubectl exec client -- sh -c "exit 3"', 3, 'command terminated with exit code 3\n'],
  ])('%s ends with %i', (line, status, err) => {
    expect(type(line)).toMatchObject({ status, out: '', err });
  });

  it('says in the words of the runtime that an image lacks a program', () => {
    expect(type('kubectl exec client -- curl web')).toMatchObject({
      status: 1,
      err: expect.stringMatching(
        /^error: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "[0-9a-f]{64}": OCI runtime exec failed: exec failed: unable to start container process: exec: "curl": executable file not found in \$PATH: unknown\n$/,
      ),
    });
    expect(type('kubectl exec web-1 -- ping -c 1 web').status).toBe(1);
    expect(type("kubectl exec client -- sh -c 'curl web; echo $?'").screen).toBe('sh: curl: not found\n127\n');
  });

  it('reads what is passed to it', () => {
    expect(type('echo hello | kubectl exec -i client -- cat').out).toBe('hello\n');
  });

  it('finds a Pod behind a Deployment or a Service', () => {
    expect(type('kubectl exec svc/web -- hostname').out).toBe('web-1\n');
  });

  it('shows the files that the kubelet writes, and the variables of Services', () => {
    expect(type('kubectl exec client -- cat /etc/resolv.conf').out).toBe(
      text('search default.svc.cluster.local svc.cluster.local cluster.local', 'nameserver 10.152.183.10', 'options ndots:5'),
    );
    expect(type('kubectl exec client -- cat /etc/hosts').out).toMatch(
      /^# Kubernetes-managed hosts file\.\n127\.0\.0\.1\tlocalhost\n[\s\S]*10\.1\.1\.\d+\tclient\n$/,
    );
    expect(type('kubectl exec client -- cat /nope')).toMatchObject({
      status: 1,
      err: text("cat: can't open '/nope': No such file or directory", 'command terminated with exit code 1'),
    });
    expect(type('kubectl exec client -- env | grep ^WEB_SERVICE').out).toBe(text('WEB_SERVICE_HOST=10.152.183.25', 'WEB_SERVICE_PORT=80'));
  });
});

it('a Service that was made after a container started is missing from its variables', () => {
  const { type } = typingInTime(pod('client', 'node-1', 'busybox', ', command: [sleep, infinity]'));
  expect(type('kubectl create service clusterip late --tcp=80').out).toBe('service/late created\n');
  expect(type('kubectl get svc late -o name').out).toBe('service/late\n');
  expect(type('kubectl exec client -- printenv LATE_SERVICE_HOST')).toMatchObject({ status: 1, out: '' });
});

describe('logs', () => {
  const { type } = typing(SHOP);

  it('have a line for each request that reached the Pod, and no other', () => {
    expect(type('kubectl logs web-1').out).toMatch(/^\/docker-entrypoint\.sh: Configuration complete; ready for start up\n/);
    const quiet = type('kubectl logs -l app=web --tail=-1').out;
    expect(quiet).not.toContain('GET');
    type('for i in 1 2 3 4 5 6; do kubectl exec client -- wget -qO- "http://web/"; done');
    const lines = type('kubectl logs -l app=web --tail=-1 --prefix')
      .out.split('\n')
      .filter((line) => line.includes('GET'));
    expect(lines).toHaveLength(6);
    expect(lines[0]).toMatch(
      /^\[pod\/web-\d\/main\] 10\.1\.1\.\d+ - - \[05\/Jan\/2026:09:00:00 \+0000\] "GET \/ HTTP\/1\.1" 200 \d+ "-" "Wget" "-"$/,
    );
    expect(type('kubectl logs web-1 --tail=1').out.split('\n')).toHaveLength(2);
  });

  it.each([
    ['kubectl logs web-1 -p', 'Error from server (BadRequest): previous terminated container "main" in pod "web-1" not found\n'],
    ['kubectl logs nope', 'error: error from server (NotFound): pods "nope" not found in namespace "default"\n'],
  ])('%s', (line, err) => {
    expect(type(line)).toMatchObject({ status: 1, out: '', err });
  });

  it('choose one of several Pods and say which', () => {
    expect(type('kubectl logs svc/web').err).toBe('Found 2 pods, using pod/web-1\n');
  });
});

describe('the ways in from outside', () => {
  const { type } = typing(SHOP + service('inner', '10.152.183.28', 'selector: { app: web }, ports: [{ port: 80 }]'));

  it('a NodePort takes the student in, a name of the cluster does not', () => {
    expect(type("curl -s -o /dev/null -w '%{http_code}' http://192.168.1.11:30080").out).toBe('200');
    expect(type('curl -sS http://web')).toMatchObject({ status: 6, err: 'curl: (6) Could not resolve host: web\n' });
    expect(type('ip addr').status).toBe(127);
  });

  it('minikube tells and opens the address of a Service', () => {
    expect(type('minikube service web --url')).toMatchObject({ status: 0, out: 'http://192.168.1.10:30080\n' });
    const { out, sent } = type('minikube service web');
    expect(out).toMatch(
      /\| default {3}\| web {2}\| {10}80 \| http:\/\/192\.168\.1\.10:30080 \|\n.*\n\* Opening service default\/web in default browser\.\.\.\n$/,
    );
    expect(sent).toHaveLength(1);
    expect(type('minikube service inner').err).toBe(
      '! Services [default/inner] have type "ClusterIP" not meant to be exposed, however for local development minikube allows you to access this !\n',
    );
    expect(type('minikube service x').err).toMatch(/^X Exiting due to SVC_NOT_FOUND: Service 'x' was not found in 'default' namespace\.\n/);
    expect(type('minikube service nobody').err).toContain('service not available: no running pod for service nobody found');
    expect(type('curl -s $(minikube service web --url) | grep -c "<h1>"').out).toBe('1\n');
    expect(type('minikube ip').out).toBe('192.168.1.10\n');
  });

  it('says what port-forward would open', () => {
    expect(type('kubectl port-forward svc/web 8080:80').out).toBe(
      text('Forwarding from 127.0.0.1:8080 -> 80', 'Forwarding from [::1]:8080 -> 80'),
    );
  });
});

describe('run', () => {
  const TEXT = SHOP.replace(/---$/, '');

  it('starts a Pod for one program, and takes it away behind it', () => {
    const { type, now } = typingInTime(TEXT);
    const answer = type('kubectl run tmp --rm -it --image=busybox --restart=Never --quiet -- wget -qO- http://web');
    expect(answer).toMatchObject({ status: 0, out: expect.stringContaining('<h1>Welcome to nginx!</h1>'), sent: [expect.anything()] });
    expect(now().session.server.manifest).toBe(TEXT);
    expect(type('kubectl run ask --rm -it --image=busybox --restart=Never -- nslookup nope').screen).toMatch(
      /^All commands .*\nIf you don't see .*\nServer:[\s\S]*NXDOMAIN\n\npod default\/ask terminated \(Error\)\npod "ask" deleted from default namespace\n$/,
    );
  });

  it('opens a shell in it, which takes the Pod with it when it is left', () => {
    const { type, now } = typingInTime(TEXT);
    type('kubectl run tmp --rm -it --image=busybox --restart=Never -- sh');
    expect(now().session.server.manifest).toContain('name: tmp');
    expect(type('hostname').out).toBe('tmp\n');
    expect(type('exit').out).toBe('pod "tmp" deleted from default namespace\n');
    expect(now().session.server.manifest).toBe(TEXT);
  });
});
