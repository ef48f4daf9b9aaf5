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
  for (const [command, prints] of [...PODS, ...DEPLOYMENTS]) {
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
  expect(await written(page)).toMatch(/kind: Deployment\nmetadata:\n {2}name: backend\n.*replicas: 5\n.*image: nginx:1\.27\n/s);
});
