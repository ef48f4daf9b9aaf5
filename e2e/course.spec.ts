// The commands of a course, typed in order into one terminal: what each prints, and what stands in the text in the end.

import { expect, test } from '@playwright/test';
import { visit, write, written } from './page';
import { drawer, enter, openTerminal } from './terminal-page';

/** A command, and what it prints; a text is all of it. */
type Row = readonly [command: string, prints: string | RegExp];

const POD = `apiVersion: v1
kind: Pod
metadata:
  name: my-app-pod
  labels:
    app: my-app
spec:
  containers:
  - name: nginx-container
    image: nginx
`;

const PODS: readonly Row[] = [
  ['kubectl get nodes', /^NAME +STATUS +ROLES +AGE +VERSION\nnode-1 +Ready +<none> +\S+ +v1\.36\.0\nnode-2 +Ready /],
  ['kubectl get pods', 'No resources found in default namespace.'],
  ['kubectl run pod-a --image=nginx --restart=Never', 'pod/pod-a created'],
  ['kubectl run pod-b --image=busybox --restart=Never -- sleep 3600', 'pod/pod-b created'],
  ['kubectl get pods', /^NAME +READY +STATUS +RESTARTS +AGE\npod-a +1\/1 +Running +0 +\S+\npod-b +1\/1 +Running +0 /],
  ['kubectl get pods -o wide', /^NAME.* IP +NODE .*\npod-a .* 10\.1\.\d\.\d+ +node-\d .*\npod-b .* 10\.1\.\d\.\d+ +node-\d /],
  ["microk8s kubectl get pod pod-a -o jsonpath='{.status.podIP}'", /^10\.1\.\d\.\d+$/],
  ['kubectl delete pod pod-a', 'pod "pod-a" deleted from default namespace'],
  ['kubectl get pod pod-a', 'Error from server (NotFound): pods "pod-a" not found'],
  [
    'kubectl run redis --image=redis --dry-run=client -o yaml',
    /^apiVersion: v1\nkind: Pod\nmetadata:\n {2}labels:\n {4}run: redis\n.*restartPolicy: Always\nstatus: {}$/s,
  ],
  [`kubectl create -f - <<EOF\n${POD}EOF`, /pod\/my-app-pod created$/],
  [
    `kubectl create -f - <<EOF\n${POD}EOF`,
    /Error from server \(AlreadyExists\): error when creating .*: pods "my-app-pod" already exists$/,
  ],
];

const DEPLOYMENTS: readonly Row[] = [
  ['kubectl create deployment backend --image=nginx:1.25 --replicas=3', 'deployment.apps/backend created'],
  ['kubectl rollout status deployment/backend', /deployment "backend" successfully rolled out$/],
  ['kubectl get deployments', /^NAME +READY +UP-TO-DATE +AVAILABLE +AGE\nbackend +3\/3 +3 +3 /],
  ['kubectl get rs', /^NAME +DESIRED +CURRENT +READY +AGE\nbackend-\w+ +3 +3 +3 /],
  ['kubectl get pods -l app=backend', /^NAME.*(\nbackend-\w+-\w+ +1\/1 +Running .*){3}$/],
  ['kubectl expose deployment backend --port=80', 'service/backend exposed'],
  [
    'kubectl get svc backend',
    /^NAME +TYPE +CLUSTER-IP +EXTERNAL-IP +PORT\(S\) +AGE\nbackend +ClusterIP +10\.152\.183\.\d+ +<none> +80\/TCP /,
  ],
  ['kubectl get endpoints backend', /^Warning: v1 Endpoints is deprecated.*\nNAME +ENDPOINTS +AGE\nbackend +(10\.1\.\d\.\d+:80,?){3} /],
  ['kubectl scale --replicas=5 deployment backend', 'deployment.apps/backend scaled'],
  ['kubectl get rs', /\nbackend-\w+ +5 +5 +5 /],
  ['kubectl set image deployment/backend nginx=nginx:1.27', 'deployment.apps/backend image updated'],
  ['kubectl rollout status deployment/backend', /^Waiting for deployment "backend" rollout to finish: .*successfully rolled out$/s],
  ['kubectl rollout history deployment/backend', /^deployment.apps\/backend *\nREVISION +CHANGE-CAUSE\n1 +<none>\n2 +<none>\s*$/],
  [
    'kubectl get all',
    /^NAME +READY.*\npod\/backend-.*\nNAME +TYPE.*\nservice\/backend .*\nNAME.*\ndeployment\.apps\/backend +5\/5 .*\nNAME.*\nreplicaset\.apps\/backend-/s,
  ],
];

const CONVERSATIONS: readonly Row[] = [
  ["IP=$(microk8s kubectl get pod my-app-pod -o jsonpath='{.status.podIP}')", ''],
  ['kubectl exec pod-b -- ping -c 3 $IP', /^PING 10\.1\..*\n3 packets transmitted, 3 packets received, 0% packet loss\nround-trip/s],
  [
    'kubectl exec pod-b -- cat /etc/resolv.conf',
    /^search default\.svc\.cluster\.local svc\.cluster\.local cluster\.local\nnameserver 10\.152\.183\.10\noptions ndots:5$/,
  ],
  [
    'kubectl exec pod-b -- nslookup backend.default.svc.cluster.local',
    /Name:\s+backend\.default\.svc\.cluster\.local\nAddress: 10\.152\.183\.\d+/,
  ],
  ['kubectl exec pod-b -- nslookup nobody.default.svc.cluster.local', /NXDOMAIN\n.*command terminated with exit code 1$/s],
  ['kubectl exec pod-b -- wget -qO- http://backend:80', /Welcome to nginx!/],
  [
    'kubectl exec pod-b -- wget -qO- -T 2 http://backend:81',
    // The cluster address has no rule for this port: the packet leaves for the gateway, and nobody answers.
    /^wget: download timed out\ncommand terminated with exit code 1$/,
  ],
  ['kubectl exec pod-b -- curl backend', /exec: "curl": executable file not found in/],
  ['kubectl exec deployment/backend -- curl -s -o /dev/null -w "%{http_code}" http://my-app-pod', /command terminated with exit code 6$/],
  ['kubectl logs deployment/backend', /start worker processes/],
  [
    'kubectl describe service backend',
    /^Name: +backend\n.*Selector: +app=backend\n.*Endpoints: +10\.1\.\d\.\d+:80,10\.1\.\d\.\d+:80,10\.1\.\d\.\d+:80 \+ 2 more\.\.\.\n/s,
  ],
  [
    'kubectl describe pod my-app-pod',
    /\n {2}Normal +Scheduled .*Successfully assigned default\/my-app-pod to node-\d\n.*Pulling.*\n.*Pulled.*\n.*Created.*\n.*Started /,
  ],
];

const REPAIRS: readonly Row[] = [
  ['kubectl set image deployment/backend nginx=nginx:no-such-tag', 'deployment.apps/backend image updated'],
  ['kubectl rollout undo deployment/backend', 'deployment.apps/backend rolled back'],
  ['kubectl rollout status deployment/backend', /successfully rolled out$/],
  ["kubectl get deployment backend -o jsonpath='{.spec.template.spec.containers[0].image}'", 'nginx:1.27'],
  ['kubectl rollout history deployment/backend', /\n1 +<none>\n3 +<none>\n4 +<none>\s*$/],
  ["kubectl get pods -l app=backend -o go-template='{{len .items}}'", '5'],
  ['kubectl label pod my-app-pod tier=front', 'pod/my-app-pod labeled'],
  ['kubectl get pods -l tier=front -o name', 'pod/my-app-pod'],
  ['kubectl expose pod my-app-pod --type=NodePort --port=80 --name=front', 'service/front exposed'],
  ['minikube service front --url', /^http:\/\/192\.168\.1\.1\d:3\d{4}$/],
  ['curl -s $(minikube service front --url)', /Welcome to nginx!/],
  ['kubectl delete service front', 'service "front" deleted from default namespace'],
  ['kubectl get svc', /^NAME.*\nbackend .*\nkubernetes +ClusterIP +10\.152\.183\.1 /s],
];

/** What today's kubectl refuses, and what it offers. */
const OLD: readonly (readonly [command: string, refuses: RegExp, instead: string])[] = [
  [
    'kubectl rollout status backend',
    /^error: the server doesn't have a resource type "backend"$/m,
    'kubectl rollout status deployment/backend',
  ],
  [
    'kubectl run web --image=nginx --replicas=3',
    /^error: unknown flag: --replicas$/m,
    'kubectl create deployment web --image=nginx --replicas=3',
  ],
  [
    'kubectl get endpoint backend',
    /^error: the server doesn't have a resource type "endpoint"$/m,
    'kubectl get endpointslices -l kubernetes.io/service-name=backend',
  ],
];

test('the commands of a course, typed in order', async ({ page }) => {
  test.setTimeout(240_000);
  await visit(page);
  await write(page, ' ');
  await openTerminal(page);
  for (const [command, prints] of [...PODS, ...DEPLOYMENTS, ...CONVERSATIONS, ...REPAIRS]) {
    const printed = await enter(page, command);
    if (typeof prints === 'string') expect.soft(printed, command).toBe(prints);
    else expect.soft(printed, command).toMatch(prints);
  }
  for (const [command, refuses, instead] of OLD) {
    const printed = await enter(page, command);
    expect.soft(printed, command).toMatch(refuses);
    expect.soft(printed, command).toContain(`Today: ${instead}`);
    await expect(drawer(page).getByRole('button', { name: instead, exact: true })).toBeVisible();
  }
  await page.keyboard.type('kubectl edit deployment backend');
  await page.keyboard.press('Enter');
  await expect(page.locator('.monaco-editor.focused')).toBeVisible();
  await page.keyboard.type('# written by hand\n');
  expect(await written(page)).toMatch(/---\n# written by hand\napiVersion: apps\/v1\nkind: Deployment\n/);
  expect(await written(page)).toMatch(/kind: Deployment\nmetadata:\n {2}name: backend\n.*replicas: 5\n.*image: nginx:1\.27\n/s);
});
