// Breaking a cluster by what one types: programs that are ended, services that are stopped, machines that are turned off and cut off.

import { beforeEach, describe, expect, it } from 'vitest';
import { beginLive, known, liveServer, load, seek } from '../../engine/index';
import { newTerminal, run, type Terminal, type TerminalAnswer } from '../terminal';

const TEXT = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: nginx, readinessProbe: { httpGet: { path: /, port: 80 }, periodSeconds: 5 } }]
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { clusterIP: 10.152.183.25, selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: client }
spec: { nodeName: node-1, containers: [{ name: main, image: busybox, command: [sleep, '36000'] }] }
`;

let terminal: Terminal;

beforeEach(() => {
  terminal = newTerminal(liveServer(beginLive(load(TEXT), TEXT)));
});

function type(line: string): TerminalAnswer {
  const answer = run(terminal, line);
  terminal = answer.terminal;
  return answer;
}

function wait(seconds: number): void {
  const { live } = terminal.session.server;
  if (live === null) throw new Error('no time passes here');
  const server = liveServer(seek(known(live, live.at + seconds * 1000), live.at + seconds * 1000));
  terminal = { ...terminal, session: { ...terminal.session, server } };
}

const pods = () =>
  type('kubectl get pods -l app=web --no-headers -o custom-columns=:metadata.name,:status.containerStatuses[0].restartCount').out;

describe('a program that is told to end', () => {
  it('is started again by its kubelet, and counted', () => {
    expect(pods()).not.toMatch(/ 1\n/);
    expect(type("kubectl exec deploy/web -- sh -c 'kill 1'")).toMatchObject({ status: 0, out: '' });
    wait(30);
    expect(pods().match(/ 1\n/g)).toHaveLength(1);
  });

  it('goes on where it handles no signal, and where the kernel shields process 1', () => {
    const before = type('kubectl get pods').out.replaceAll(/\S+\n/g, '');
    for (const line of ['kubectl exec client -- kill 1', "kubectl exec deploy/web -- sh -c 'kill -9 1'"]) expect(type(line).status).toBe(0);
    wait(30);
    expect(type('kubectl get pods').out.replaceAll(/\S+\n/g, '')).toBe(before);
  });

  it('is named by its number', () => {
    expect(type('kubectl exec client -- kill 42')).toMatchObject({
      status: 1,
      err: "kill: can't kill pid 42: No such process\ncommand terminated with exit code 1\n",
    });
    expect(type('kubectl exec client -- kill -NOPE 1').err).toContain("invalid signal '-NOPE'");
  });
});

describe('a node', () => {
  it('keeps the rules of a kube-proxy that is stopped, and gets the new ones when it is started', () => {
    const rules = () => type('ssh node-1 iptables-save -t nat').out.match(/-A KUBE-SVC-\S+ .*default\/web ->/g)?.length;
    expect(type('ssh node-1 systemctl is-active kube-proxy').out).toBe('active\n');
    type('ssh node-1 systemctl stop kube-proxy');
    expect(type('ssh node-1 systemctl is-active kube-proxy')).toMatchObject({ status: 3, out: 'inactive\n' });
    expect(type('ssh node-1 systemctl status kube-proxy').out).toContain('Active: inactive (dead)');
    const before = rules();
    type('kubectl scale deployment web --replicas=4');
    wait(60);
    expect(rules()).toBe(before);
    type('ssh node-1 systemctl start kube-proxy');
    wait(30);
    expect(rules()).toBe(4);
  });

  it('that is turned off is not reached, not ready, and comes back', () => {
    expect(type('ssh node-2').terminal.shells).toHaveLength(1);
    expect(type('poweroff').err).toBe('Connection to node-2 closed by remote host.\n');
    expect(type('hostname').terminal.shells).toEqual([]);
    expect(type('ssh node-2 hostname')).toMatchObject({ status: 255, err: 'ssh: connect to host node-2 port 22: No route to host\n' });
    wait(120);
    expect(type('kubectl get node node-2').out).toContain('NotReady');
    expect(type('minikube node start node-2').out).toContain('Successfully started node node-2');
    wait(60);
    expect(type('kubectl get node node-2').out).not.toContain('NotReady');
    expect(type('docker stop node-2').out).toBe('node-2\n');
    expect(type('docker exec node-2 hostname').err).toBe('Error response from daemon: container node-2 is not running\n');
    expect(type('ssh nobody poweroff').status).toBe(255);
  });

  it('whose link is down is cut off from the others, until it is up again', () => {
    const asks = () => type('kubectl exec client -- ping -c 1 -W 1 $(kubectl get node node-2 -o jsonpath={.status.addresses[0].address})');
    expect(asks().out).toContain(' 0% packet loss');
    type('docker exec node-2 ip link set eth0 down');
    expect(asks().out).toContain('100% packet loss');
    expect(type('ssh node-2 hostname').status).toBe(255);
    type('docker exec node-2 ip link set eth0 up');
    expect(asks().out).toContain(' 0% packet loss');
    expect(type('ssh node-1 ip link set nope down').err).toBe('Cannot find device "nope"\n');
    expect(type('kubectl exec client -- ip link set eth0 down').err).toContain('Operation not permitted');
  });

  it('refuses what is no unit of it', () => {
    expect(type('ssh node-1 systemctl stop nope')).toMatchObject({
      status: 5,
      err: 'Failed to stop nope.service: Unit nope.service not loaded.\n',
    });
    expect(type('ssh node-1 systemctl status nope').status).toBe(4);
    expect(type('ssh node-1 systemctl stop kubelet').err).toContain('is not simulated');
  });
});

it('a probe fails once an annotation says that the program is ill', () => {
  const [name] = type('kubectl get pods -l app=web -o name').out.split('\n');
  type(`kubectl annotate ${name} kubehop.dev/health=500@0s`);
  wait(30);
  expect(type(`kubectl get ${name} --no-headers`).out).toContain('0/1');
  expect(type(`kubectl describe ${name}`).out).toContain('Readiness probe failed: HTTP probe failed with statuscode: 500');
});
