// Tab completion. What is marked (M) is what `kubectl __complete` of the real tool answered for the same objects.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SHOP, typing } from '../shell/typed.test-support';
import { type Completion, complete } from './complete';

const WORLD = `${SHOP}
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  replicas: 1
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec: { containers: [{ name: shop, image: nginx:1.27, ports: [{ containerPort: 80 }] }, { name: log, image: busybox:1.36 }] }
---
apiVersion: v1
kind: Namespace
metadata: { name: staging }
---
apiVersion: v1
kind: Pod
metadata: { name: tester, namespace: staging }
spec: { containers: [{ name: main, image: busybox:1.36 }] }
`;

/** What is offered at the end of a line, after these other lines. */
function at(line: string, ...before: readonly string[]): Completion {
  const shell = typing(WORLD);
  for (const one of before) shell.type(one);
  return complete(shell.now(), line, line.length);
}

const words = (line: string, ...before: readonly string[]) => at(line, ...before).words;

describe('completion of kubectl', () => {
  it('offers its commands, and those below them', () => {
    expect(words('kubectl ro')).toEqual(['rollout']);
    expect(words('kubectl rollout ')).toEqual(['history', 'pause', 'restart', 'resume', 'status', 'undo']);
    expect(words('kubectl create service ')).toEqual(['clusterip', 'externalname', 'loadbalancer', 'nodeport']);
    expect(words('kubectl help roll')).toEqual(['rollout']);
    expect(words('kubectl help ')).toContain('get');
  });

  it('offers types with their group, also in a list (M)', () => {
    expect(words('kubectl get dep')).toEqual(['deployments.apps']);
    expect(words('kubectl delete po')).toEqual(['poddisruptionbudgets.policy', 'pods', 'podtemplates']);
    expect(words('kubectl get pods,sec')).toEqual(['secrets']);
    expect(at('kubectl get pods,sec').from).toBe('kubectl get pods,'.length);
  });

  it('offers names that were not given yet, of the namespace that is meant', () => {
    expect(words('kubectl get pods web')).toEqual(['web-1', 'web-2']);
    expect(words('kubectl get pods web-1 web')).toEqual(['web-2']);
    expect(words('kubectl get po/we')).toEqual(['po/web-1', 'po/web-2']);
    expect(words('kubectl -n staging get pods ')).toEqual(['tester']);
    expect(words('kubectl get pods -n staging ')).toEqual(['tester']);
    expect(words('kubectl get pods -nstaging ')).toEqual(['tester']);
    expect(words('kubectl describe svc ')).toContain('nobody');
    expect(words('kubectl get nodes ')).toEqual(['node-1', 'node-2']);
  });

  it('keeps to the types that a command takes (M)', () => {
    expect(words('kubectl rollout undo ')).toEqual(['daemonset', 'deployment', 'statefulset']);
    expect(words('kubectl rollout undo deployment ')).toEqual(['shop']);
    expect(words('kubectl scale ')).toEqual(['deployment', 'replicaset', 'replicationcontroller', 'statefulset']);
    expect(words('kubectl scale --replicas=2 deployment/')).toEqual(['deployment/shop']);
    expect(words('kubectl cordon ')).toEqual(['node-1', 'node-2']);
    expect(words('kubectl taint ')).toEqual(['node']);
  });

  it('offers Pods and what Pods stand behind, then their containers and ports (M)', () => {
    expect(words('kubectl exec d')).toEqual(['daemonsets/', 'debian', 'deployments/']);
    expect(words('kubectl logs web-1 ')).toEqual(['main']);
    expect(words('kubectl exec web-1 -c ')).toEqual(['main']);
    expect(words('kubectl port-forward svc/web ')).toEqual(['80:80']);
    expect(words('kubectl set image deployment/shop ')).toEqual(expect.arrayContaining(['log=', 'shop=']));
    expect(words('kubectl set image deployment shop ')).toEqual(['log=', 'shop=']);
  });

  it('offers flags that were not given yet, and their values', () => {
    expect(words('kubectl get --out')).toEqual(['--output', '--output-watch-events']);
    expect(words('kubectl get pods -A --all')).toEqual(['--allow-missing-template-keys']);
    expect(words('kubectl get pods -o ')).toEqual(expect.arrayContaining(['json', 'jsonpath=', 'name', 'wide', 'yaml']));
    expect(words('kubectl get pods -o js')).toEqual(['json', 'jsonpath-as-json=', 'jsonpath-file=', 'jsonpath=']);
    expect(at('kubectl get pods --output=ya')).toEqual({ from: 'kubectl get pods --output='.length, words: ['yaml'] });
    expect(words('kubectl get pods -n ')).toEqual(expect.arrayContaining(['default', 'kube-system', 'staging']));
    expect(words('kubectl get pods --namespace=st')).toEqual(['staging']);
    expect(words('kubectl get pods -l ')).toEqual(expect.arrayContaining(['app=web']));
    expect(words('kubectl expose deployment shop --type ')).toEqual(['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']);
    expect(words('kubectl run x --dry-run=')).toEqual(['client', 'none', 'server']);
    expect(words('kubectl exec -itc ')).toEqual([]);
    expect(words('kubectl exec web-1 -itc ')).toEqual(['main']);
  });

  it('offers nothing behind what kubectl refuses', () => {
    expect(words('kubectl gte ')).toEqual([]);
    expect(words('kubectl get --nope ')).toEqual([]);
    expect(words('kubectl get potatoes ')).toEqual([]);
    expect(words("kubectl get pods -o 'js")).toEqual([]);
  });

  it('goes on with the programs of a container, and with whom they can ask', () => {
    expect(words('kubectl exec client -- nsl')).toEqual(['nslookup']);
    expect(words('kubectl exec web-1 -- nsl')).toEqual([]);
    expect(words('kubectl exec client -- cat /etc/re')).toEqual(['/etc/resolv.conf']);
    expect(words('kubectl exec client -- wget -qO- http://we')).toEqual(['http://web']);
    expect(words('kubectl exec -n staging tester -- nslookup we')).toEqual(['web.default']);
  });
});

describe('completion of a line', () => {
  it('is that of its last command', () => {
    expect(words('kubectl get pods | gr')).toEqual(['grep']);
    expect(words('kubectl get pods && kubectl desc')).toEqual(['describe']);
    expect(words('A=1 kubectl desc')).toEqual(['describe']);
    expect(words('echo $(kubectl get no')).toEqual(['nodes']);
    expect(words('for n in 1 2; do kubectl get no')).toEqual(['nodes']);
    expect(words('sudo k get no')).toEqual(['nodes']);
    expect(words('kubectl get "po')).toEqual([]);
    expect(words('kubectl get \\\n no')).toEqual(['nodes']);
  });

  it('looks only as far as the cursor', () => {
    const shell = typing(WORLD);
    const line = 'kubectl get po web-1';
    expect(complete(shell.now(), line, 'kubectl get po'.length)).toEqual({
      from: 'kubectl get '.length,
      words: ['poddisruptionbudgets.policy', 'pods', 'podtemplates'],
    });
  });

  it('knows the kin of kubectl', () => {
    expect(words('mini')).toEqual(['minikube']);
    expect(words('minikube service we')).toEqual(['web']);
    expect(words('microk8s kubectl get no')).toEqual(['nodes']);
    expect(words('minikube kubectl -- get no')).toEqual(['nodes']);
    expect(words('ssh node')).toEqual(['node-1', 'node-2']);
    expect(words('docker exec -it node')).toEqual(['node-1', 'node-2']);
  });

  it('takes aliases and files as the shell has them', () => {
    expect(words('kc get no', "alias kc='kubectl'")).toEqual(['nodes']);
    expect(words('kubectl apply -f ', 'kubectl get svc web -o yaml > web.yaml')).toEqual(['web.yaml']);
    expect(words('cat < w', 'echo a > web.yaml')).toEqual(['web.yaml']);
  });

  it('is that of the place where a shell was opened', () => {
    expect(words('nsl', 'kubectl exec -it client -- sh')).toEqual(['nslookup']);
    expect(words('kube', 'kubectl exec -it client -- sh')).toEqual([]);
    expect(words('iptables-s', 'ssh node-1')).toEqual(['iptables-save']);
    expect(words('cat /proc/sys/net/ipv4/', 'ssh node-1')).toContain('/proc/sys/net/ipv4/ip_forward');
  });
});

describe('completion of anything at all', () => {
  const piece = fc.constantFrom(
    ...['kubectl', 'get', 'exec', 'web-1', '--', '-n', '-o', '--output=', 'pods,', 'po/', '-it', 'set', 'image', 'config', 'logs'],
    ...['|', '&&', '$(', ')', '"', "'", '\\', '>', '<', '`', '\n', ' ', '  ', '-', '--', '=', '/', 'constructor', '__proto__', '$HOME'],
  );

  it('offers words that go on with what stands at the cursor, and never fails', () => {
    const terminal = typing(WORLD).now();
    fc.assert(
      fc.property(fc.array(fc.tuple(piece, fc.constantFrom('', ' ')), { maxLength: 9 }), (pieces) => {
        const line = pieces.flat().join('');
        const { from, words: offered } = complete(terminal, line, line.length);
        expect(from).toBeLessThanOrEqual(line.length);
        expect(new Set(offered).size).toBe(offered.length);
        expect(offered.filter((word) => /undefined|\[object|^$/.test(word))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});
