// A cluster with an object of every sort that kubectl prints in its own way, for commands that nobody thought of.

export const MANIFEST = `apiVersion: v1
kind: Node
metadata: { name: node-1, labels: { zone: a, node-role.kubernetes.io/control-plane: "" } }
---
apiVersion: v1
kind: Node
metadata: { name: node-2 }
spec: { taints: [{ key: k, value: v, effect: NoSchedule }] }
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { team: a } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, labels: { app: web }, annotations: { note: "a\\nb: {c}", kubernetes.io/change-cause: first } }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web, tier: front } }
    spec:
      serviceAccountName: robot
      initContainers: [{ name: setup, image: "busybox:1.36", command: [sh, -c, "echo hello\\necho there"] }]
      containers:
        - name: web
          image: nginx:1.27
          ports: [{ name: http, containerPort: 80 }, { containerPort: 443 }]
          env:
            - { name: A, value: b }
            - { name: POD, valueFrom: { fieldRef: { fieldPath: metadata.name } } }
            - { name: S, valueFrom: { secretKeyRef: { name: pw, key: k } } }
          envFrom: [{ configMapRef: { name: settings } }]
          readinessProbe: { httpGet: { path: /, port: http }, periodSeconds: 5 }
          livenessProbe: { exec: { command: [cat, ok] } }
          resources: { requests: { cpu: 100m, memory: 64Mi }, limits: { cpu: 200m } }
          volumeMounts: [{ name: conf, mountPath: /etc/conf, readOnly: true }]
        - { name: log, image: busybox }
      volumes: [{ name: conf, configMap: { name: settings } }, { name: data, emptyDir: {} }]
      tolerations: [{ key: k, operator: Exists, effect: NoSchedule }]
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { type: NodePort, selector: { app: web }, ports: [{ name: http, port: 80, targetPort: http, nodePort: 30080 }, { name: tls, port: 443 }] }
---
apiVersion: v1
kind: Service
metadata: { name: lb }
spec: { type: LoadBalancer, selector: { app: web }, ports: [{ port: 80 }], externalIPs: [1.2.3.4] }
---
apiVersion: v1
kind: Service
metadata: { name: headless }
spec: { clusterIP: None, selector: { app: db }, ports: [{ port: 5432 }] }
---
apiVersion: v1
kind: Service
metadata: { name: other }
spec: { type: ExternalName, externalName: example.org }
---
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec: { selector: { app: api }, ports: [{ port: 80, protocol: UDP }] }
---
apiVersion: v1
kind: Pod
metadata: { name: api, namespace: shop, labels: { app: api } }
spec: { containers: [{ name: main, image: busybox, command: [sleep, "3600"] }] }
---
apiVersion: v1
kind: Pod
metadata: { name: tools }
spec: { containers: [{ name: tools, image: nicolaka/netshoot, stdin: true, tty: true, command: [bash] }], hostNetwork: true }
---
apiVersion: v1
kind: Pod
metadata: { name: broken }
spec: { nodeName: node-1, containers: [{ name: main, image: nope }] }
status:
  phase: Running
  podIP: 10.1.9.9
  containerStatuses: [{ name: main, restartCount: 3, ready: false, state: { waiting: { reason: CrashLoopBackOff } }, lastState: { terminated: { exitCode: 1 } } }]
---
apiVersion: v1
kind: Pod
metadata: { name: nowhere }
spec: { nodeSelector: { no: such }, containers: [{ name: main, image: nginx }] }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  serviceName: headless
  replicas: 2
  selector: { matchLabels: { app: db } }
  template: { metadata: { labels: { app: db } }, spec: { containers: [{ name: db, image: "postgres:16" }] } }
  volumeClaimTemplates: [{ metadata: { name: data }, spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } }]
---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent }
spec: { selector: { matchLabels: { app: agent } }, template: { metadata: { labels: { app: agent } }, spec: { containers: [{ name: agent, image: "agent:1" }] } } }
---
apiVersion: v1
kind: ReplicationController
metadata: { name: old }
spec: { replicas: 1, selector: { app: old }, template: { metadata: { labels: { app: old } }, spec: { containers: [{ name: old, image: nginx }] } } }
---
apiVersion: batch/v1
kind: Job
metadata: { name: once }
spec: { template: { spec: { restartPolicy: Never, containers: [{ name: once, image: busybox, command: [date] }] } } }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly }
spec: { schedule: "0 3 * * *", jobTemplate: { spec: { template: { spec: { restartPolicy: OnFailure, containers: [{ name: once, image: busybox }] } } } } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
data: { color: blue, file.txt: "line 1\\nline 2\\n", "yes": "no" }
---
apiVersion: v1
kind: Secret
metadata: { name: pw }
type: Opaque
data: { k: aGVsbG8= }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: robot }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: shut }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress, Egress]
  ingress: [{ ports: [{ port: 80 }], from: [{ podSelector: {} }, { ipBlock: { cidr: 10.0.0.0/8, except: [10.9.0.0/16] } }] }, {}]
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: nginx }
spec: { controller: k8s.io/ingress-nginx }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: site }
spec:
  ingressClassName: nginx
  tls: [{ hosts: [shop.local], secretName: pw }]
  rules: [{ host: shop.local, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, maxReplicas: 4 }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec: { minAvailable: 1, selector: { matchLabels: { app: web } } }
---
apiVersion: v1
kind: PersistentVolume
metadata: { name: disk }
spec: { capacity: { storage: 1Gi }, accessModes: [ReadWriteOnce], hostPath: { path: /data } }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data }
spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
---
apiVersion: v1
kind: ResourceQuota
metadata: { name: few }
spec: { hard: { pods: "10", limits.cpu: "2" } }
---
apiVersion: v1
kind: LimitRange
metadata: { name: small }
spec: { limits: [{ type: Container, default: { cpu: 100m } }] }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader }
rules: [{ apiGroups: [""], resources: [pods], verbs: [get] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: readers }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
subjects: [{ kind: ServiceAccount, name: robot, namespace: default }]
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: { name: high }
value: 1000
---
apiVersion: coordination.k8s.io/v1
kind: Lease
metadata: { name: node-1, namespace: kube-node-lease }
spec: { holderIdentity: node-1 }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: door }
spec: { gatewayClassName: nginx, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: way }
spec: { parentRefs: [{ name: door }], rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
---
apiVersion: example.org/v1
kind: Boat
metadata: { name: titanic, namespace: default }
spec: { crew: 3, name: null, tags: [] }
`;

/** What `-f` may name. */
export const FILES: Readonly<Record<string, string>> = {
  'new.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: { name: new }\nspec: { containers: [{ name: new, image: nginx }] }\n',
  'web.yaml':
    'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: { app: other }, ports: [{ port: 81 }] }\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: more }\ndata: { a: b }\n',
  'all.yaml': MANIFEST.split('---\n').slice(0, 8).join('---\n'),
  'empty.yaml': '',
  'broken.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: x\n bad: [\n',
  'odd.yaml': 'kind: Pod\nmetadata: { name: 3 }\nspec: { nope: 1 }\n',
  'plain.txt': 'hello\n',
};
