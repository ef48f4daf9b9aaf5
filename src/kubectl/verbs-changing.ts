// The verbs of kubectl 1.36 that change objects, with their flags: what the real tool's own `--help` lists. The notation is read in command.ts.

export const CHANGING = `
create: -f FILENAME
  Make a resource from a file, standard input or the words of a command
    PRINT FILES DRY VALIDATE edit field-manager:text=kubectl-create raw:text save-config selector|l:text windows-line-endings record!
create clusterrole: NAME --verb=verb --resource=resource.group [--resource-name=resourcename] [--dry-run=server|client|none]
  Make a cluster role
    CREATE aggregation-rule:text non-resource-url:slice resource:slice resource-name:array verb:slice
create clusterrolebinding: NAME --clusterrole=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]
  Bind a cluster role to users, groups or service accounts
    CREATE clusterrole:text group:array serviceaccount:array user:array
create configmap: NAME [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]
  Make a config map from files or literal values
    CREATE append-hash from-env-file:slice from-file:slice from-literal:array
create cronjob: NAME --image=image --schedule='0/5 * * * ?' -- [COMMAND] [args...]
  Make a cron job of an image
    CREATE image:text restart:text schedule:text
create deployment: NAME --image=image -- [COMMAND] [args...]
  Make a deployment of one or more images
    CREATE image:slice port:int=-1 replicas|r:int=1
create ingress: NAME --rule=host/path=service:port[,tls[=secret]]
  Make an ingress of one or more rules
    CREATE annotation:array class:text default-backend:text rule:array
create job: NAME --image=image [--from=cronjob/name] -- [COMMAND] [args...]
  Make a job of an image, or of a cron job
    CREATE from:text image:text
create namespace: NAME [--dry-run=server|client|none]
  Make a namespace
    CREATE
create poddisruptionbudget: NAME --selector=SELECTOR --min-available=N [--dry-run=server|client|none]
  Make a pod disruption budget
    CREATE max-unavailable:text min-available:text selector:text
create priorityclass: NAME --value=VALUE --global-default=BOOL [--dry-run=server|client|none]
  Make a priority class
    CREATE description:text global-default preemption-policy:text=PreemptLowerPriority value:int=0
create quota: NAME [--hard=key1=value1,key2=value2] [--scopes=Scope1,Scope2] [--dry-run=server|client|none]
  Make a resource quota
    CREATE hard:text scopes:text
create role: NAME --verb=verb --resource=resource.group/subresource [--resource-name=resourcename] [--dry-run=server|client|none]
  Make a role with one rule
    CREATE resource:slice resource-name:array verb:slice
create rolebinding: NAME --clusterrole=NAME|--role=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]
  Bind a role to users, groups or service accounts
    CREATE clusterrole:text group:array role:text serviceaccount:array user:array
create secret: (docker-registry | generic | tls)
  Make a secret of one of three types
create secret docker-registry: NAME --docker-username=user --docker-password=password --docker-email=email [--docker-server=string] [--from-file=[key=]source] [--dry-run=server|client|none]
  Make a secret for a registry of images
    CREATE append-hash docker-email:text docker-password:text docker-server:text=https://index.docker.io/v1/ docker-username:text
    from-file:slice
create secret generic: NAME [--type=string] [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]
  Make a secret from files or literal values
    CREATE append-hash from-env-file:slice from-file:slice from-literal:array type:text
create secret tls: NAME --cert=path/to/cert/file --key=path/to/key/file [--dry-run=server|client|none]
  Make a secret of a certificate and its key
    CREATE append-hash cert:text key:text
create service:
  Make a service of one of four types
create service clusterip: NAME [--tcp=<port>:<targetPort>] [--dry-run=server|client|none]
  Make a ClusterIP service
    CREATE clusterip:text tcp:slice
create service externalname: NAME --external-name external.name [--dry-run=server|client|none]
  Make an ExternalName service
    CREATE external-name:text tcp:slice
create service loadbalancer: NAME [--tcp=port:targetPort] [--dry-run=server|client|none]
  Make a LoadBalancer service
    CREATE tcp:slice
create service nodeport: NAME [--tcp=port:targetPort] [--dry-run=server|client|none]
  Make a NodePort service
    CREATE node-port:int=0 tcp:slice
create serviceaccount: NAME [--dry-run=server|client|none]
  Make a service account
    CREATE
create token: SERVICE_ACCOUNT_NAME
  Ask for a token of a service account
    PRINT audience:array bound-object-kind:text bound-object-name:text bound-object-uid:text duration:duration=0s
expose: (-f FILENAME | TYPE NAME) [--port=port] [--protocol=TCP|UDP|SCTP] [--target-port=number-or-name] [--name=name] [--external-ip=external-ip-of-service] [--type=type]
  Make a service for a pod, a service or a controller of pods
    PRINT FILES DRY cluster-ip:text external-ip:text field-manager:text=kubectl-expose labels|l:text load-balancer-ip:text name:text
    override-type:text=merge overrides:text port:text protocol:text save-config selector:text session-affinity:text target-port:text
    type:text record!
run: NAME --image=image [--env="key=value"] [--port=port] [--dry-run=server|client] [--overrides=inline-json] [--command] -- [COMMAND] [args...]
  Run an image in a pod
    PRINT FILES DRY CASCADE annotations:array attach command env:array expose field-manager:text=kubectl-run force grace-period:int=-1
    image:text image-pull-policy:text labels|l:text leave-stdin-open override-type:text=merge overrides:text
    pod-running-timeout:duration=1m0s port:text privileged quiet|q restart:text=Always rm save-config stdin|i timeout:duration=0s tty|t
    wait record! detach-keys:text=ctrl-p,ctrl-q
set: SUBCOMMAND
  Change one aspect of an object
set env: RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N
  Change the environment of a pod template
    PRINT FILES DRY all containers|c:text=* env|e:array field-manager:text=kubectl-set from:text keys:slice list local overwrite=true
    prefix:text resolve selector|l:text
set image: (-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ... CONTAINER_NAME_N=CONTAINER_IMAGE_N
  Change the images of a pod template
    PRINT FILES DRY all field-manager:text=kubectl-set local selector|l:text record!
set resources: (-f FILENAME | TYPE NAME)  ([--limits=LIMITS & --requests=REQUESTS]
  Change the requests and limits of a pod template
    PRINT FILES DRY all containers|c:text=* field-manager:text=kubectl-set limits:text local requests:text selector|l:text record!
set selector: (-f FILENAME | TYPE NAME) EXPRESSIONS [--resource-version=version]
  Change the selector of a service
    PRINT DRY all field-manager:text=kubectl-set filename|f:slice local recursive|R=true resource-version:text record!
set serviceaccount: (-f FILENAME | TYPE NAME) SERVICE_ACCOUNT
  Change the service account of a pod template
    PRINT FILES DRY all field-manager:text=kubectl-set local record!
set subject: (-f FILENAME | TYPE NAME) [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]
  Change whom a binding of roles means
    PRINT FILES DRY all field-manager:text=kubectl-set group:array local selector|l:text serviceaccount:array user:array
edit: (RESOURCE/NAME | -f FILENAME)
  Edit a resource in an editor
    PRINT FILES VALIDATE field-manager:text=kubectl-edit output-patch save-config subresource:text windows-line-endings record!
delete: ([-f FILENAME] | [-k DIRECTORY] | TYPE [(NAME | -l label | --all)])
  Delete resources by file, by name or by label
    FILES DRY CASCADE all all-namespaces|A field-selector:text force grace-period:int=-1 ignore-not-found interactive|i now
    output|o:text raw:text selector|l:text timeout:duration=0s wait=true
rollout: SUBCOMMAND
  Look at and steer how a resource rolls out
rollout history: (TYPE NAME | TYPE/NAME)
  List the revisions
    PRINT FILES revision:int=0 selector|l:text
rollout pause: RESOURCE
  Stop the controller from rolling out
    PRINT FILES field-manager:text=kubectl-rollout selector|l:text
rollout restart: RESOURCE
  Make all pods anew
    PRINT FILES field-manager:text=kubectl-rollout selector|l:text
rollout resume: RESOURCE
  Let the controller roll out again
    PRINT FILES field-manager:text=kubectl-rollout selector|l:text
rollout status: (TYPE NAME | TYPE/NAME)
  Follow a rollout to its end
    FILES revision:int=0 selector|l:text timeout:duration=0s watch|w=true
rollout undo: (TYPE NAME | TYPE/NAME)
  Go back to an older revision
    PRINT FILES DRY selector|l:text to-revision:int=0
scale: [--resource-version=version] [--current-replicas=count] --replicas=COUNT (-f FILENAME | TYPE NAME)
  Set the number of replicas
    PRINT FILES DRY all current-replicas:int=-1 replicas:int=0 resource-version:text selector|l:text timeout:duration=0s record!
autoscale: (-f FILENAME | TYPE NAME | TYPE/NAME) [--min=MINPODS] --max=MAXPODS [--cpu-percent=CPU]
  Make an autoscaler for a controller of pods
    PRINT FILES DRY field-manager:text=kubectl-autoscale max:int=-1 min:int=-1 name:text save-config record! cpu:text memory:text
    cpu-percent:int=-1!
cordon: NODE
  Let no new pods onto a node
    DRY selector|l:text
uncordon: NODE
  Let new pods onto a node again
    DRY selector|l:text
drain: NODE
  Empty a node for its maintenance
    DRY chunk-size:int=500 delete-emptydir-data disable-eviction force grace-period:int=-1 ignore-daemonsets pod-selector:text
    selector|l:text skip-wait-for-delete-timeout:int=0 timeout:duration=0s
taint: NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ... KEY_N=VAL_N:TAINT_EFFECT_N
  Change the taints of nodes
    PRINT DRY VALIDATE all field-manager:text=kubectl-taint overwrite selector|l:text
apply: (-f FILENAME | -k DIRECTORY)
  Apply a file or standard input to the cluster
    PRINT FILES DRY VALIDATE CASCADE all field-manager:text=kubectl-client-side-apply force force-conflicts grace-period:int=-1
    openapi-patch=true overwrite=true prune prune-allowlist:array selector|l:text server-side subresource:text timeout:duration=0s wait
    record!
apply edit-last-applied: (RESOURCE/NAME | -f FILENAME)
  Edit the configuration that was applied last
    PRINT FILES VALIDATE field-manager:text=kubectl-client-side-apply windows-line-endings record!
apply set-last-applied: -f FILENAME
  Write down a file as the configuration applied last
    PRINT DRY create-annotation filename|f:slice
apply view-last-applied: (TYPE [NAME | -l label] | TYPE/NAME | -f FILENAME)
  Print the configuration that was applied last
    FILES all output|o:text=yaml selector|l:text
patch: (-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE]
  Change fields of a resource
    PRINT FILES DRY field-manager:text=kubectl-patch local patch|p:text patch-file:text subresource:text type:text=strategic record!
replace: -f FILENAME
  Replace a resource by a file
    PRINT FILES DRY VALIDATE CASCADE field-manager:text=kubectl-replace force grace-period:int=-1 raw:text save-config subresource:text
    timeout:duration=0s wait record!
label: [--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]
  Change labels
    PRINT FILES DRY all all-namespaces|A field-manager:text=kubectl-label field-selector:text list local overwrite resource-version:text
    selector|l:text record!
annotate: [--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]
  Change annotations
    PRINT FILES DRY all all-namespaces|A field-manager:text=kubectl-annotate field-selector:text list local overwrite
    resource-version:text selector|l:text record!
`;
