// The verbs of kubectl 1.36 that look and do not change, with their flags: what the real tool's own `--help` lists. The notation is read in
// command.ts.

export const LOOKING = `
explain: TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group] [-o|--output=plaintext|plaintext-openapiv2]
  Tell what a field of a resource is
    api-version:text output|o:text=plaintext recursive|R
get: (TYPE[.VERSION][.GROUP] [NAME | -l label] | TYPE[.VERSION][.GROUP]/NAME ...)
  List resources, or print some of them
    PRINT FILES all-namespaces|A chunk-size:int=500 field-selector:text ignore-not-found label-columns|L:slice no-headers
    output-watch-events raw:text selector|l:text server-print=true show-kind show-labels sort-by:text subresource:text watch|w
    watch-only
certificate: SUBCOMMAND
  Approve or deny requests for certificates
certificate approve: (-f FILENAME | NAME)
  Approve a request
    PRINT FILES force
certificate deny: (-f FILENAME | NAME)
  Deny a request
    PRINT FILES force
cluster-info:
  Print where the control plane is
cluster-info dump:
  Print much for the search after a fault
    all-namespaces|A allow-missing-template-keys=true namespaces:slice output|o:text=json output-directory:text
    pod-running-timeout:duration=20s show-managed-fields template:text
top:
  Print the use of processor and memory
top node: [NAME | -l label]
  Of nodes
    no-headers selector|l:text show-capacity sort-by:text use-protocol-buffers=true show-swap
top pod: [NAME | -l label]
  Of pods
    all-namespaces|A containers field-selector:text no-headers selector|l:text sort-by:text sum use-protocol-buffers=true show-swap
describe: (-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME)
  Print the details of resources, with their events
    FILES all-namespaces|A chunk-size:int=500 selector|l:text show-events=true
logs: [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]
  Print what a container wrote
    all-containers all-pods container|c:text follow|f ignore-errors insecure-skip-tls-verify-backend limit-bytes:int=0
    max-log-requests:int=5 pod-running-timeout:duration=20s prefix previous|p selector|l:text since:duration=0s since-time:text
    tail:int=-1 timestamps
attach: (POD | TYPE/NAME) -c CONTAINER
  Attach to a running container
    container|c:text pod-running-timeout:duration=1m0s quiet|q stdin|i tty|t detach-keys:text=ctrl-p,ctrl-q
exec: (POD | TYPE/NAME) [-c CONTAINER] -- COMMAND [args...]
  Run a program in a container
    container|c:text filename|f:slice pod-running-timeout:duration=1m0s quiet|q stdin|i tty|t
port-forward: TYPE/NAME [LOCAL_PORT:]REMOTE_PORT [...[LOCAL_PORT_N:]REMOTE_PORT_N]
  Forward local ports to a pod
    address:slice=localhost pod-running-timeout:duration=1m0s
proxy: [--port=PORT] [--www=static-dir] [--www-prefix=prefix] [--api-prefix=prefix]
  Run a proxy to the API server
    accept-hosts:text=^localhost$,^127\\.0\\.0\\.1$,^\\[::1\\]$ accept-paths:text=^.* address:text=127.0.0.1 api-prefix:text=/
    append-server-path disable-filter keepalive:duration=0s port|p:int=8001 reject-methods:text=^$
    reject-paths:text=^/api/.*/pods/.*/exec,^/api/.*/pods/.*/attach unix-socket|u:text www|w:text www-prefix|P:text=/static/
cp: <file-spec-src> <file-spec-dest>
  Copy files to and from containers
    container|c:text no-preserve retries:int=0
auth:
  Ask what one may do
auth can-i: VERB [TYPE | TYPE/NAME | NONRESOURCEURL]
  Whether an action is allowed
    all-namespaces|A list no-headers quiet|q subresource:text
auth reconcile: -f FILENAME
  Bring roles and bindings in line with a file
    PRINT FILES DRY remove-extra-permissions remove-extra-subjects
auth whoami:
  Who the API server thinks one is
    PRINT
debug: (POD | TYPE[[.VERSION].GROUP]/NAME) [ -- COMMAND [args...] ]
  Add a container to a pod for the search after a fault
    arguments-only attach container|c:text copy-to:text custom:text env:array filename|f:slice image:text image-pull-policy:text
    keep-annotations keep-init-containers=true keep-labels keep-liveness keep-readiness keep-startup profile:text=legacy quiet|q replace
    same-node set-image:slice share-processes=true stdin|i target:text tty|t
events: [--for TYPE/NAME] [--watch] [--types=Normal,Warning]
  List events
    PRINT all-namespaces|A chunk-size:int=500 for:text no-headers types:slice watch|w
diff: -f FILENAME
  Compare the live objects with a file
    FILES concurrency:int=1 field-manager:text=kubectl-client-side-apply force-conflicts prune prune-allowlist:array selector|l:text
    server-side show-managed-fields show-secrets
wait: ([-f FILENAME] | resource.group/resource.name | resource.group [(-l label | --all)]) [--for=create|--for=delete|--for condition=available|--for=jsonpath='{}'[=value]]
  Wait until a condition holds
    PRINT all all-namespaces|A field-selector:text filename|f:slice for:text local recursive|R=true selector|l:text timeout:duration=30s
kustomize: DIR
  Build a kustomization
    as-current-user enable-alpha-plugins enable-helm env|e:array helm-api-versions:slice helm-command:text=helm helm-debug
    helm-kube-version:text load-restrictor:text=LoadRestrictionsRootOnly mount:slice network network-name:text=bridge output|o:text
completion: SHELL
  Print the code for a shell's completion
api-resources:
  List the types of resources
    api-group:text cached categories:slice namespaced=true no-headers output|o:text sort-by:text verbs:slice
api-versions:
  List the groups and versions of the API
config: SUBCOMMAND
  Look at and change the kubeconfig
config current-context:
  Print the current context
config delete-cluster: NAME
  Delete a cluster
config delete-context: NAME
  Delete a context
config delete-user: NAME
  Delete a user
config get-clusters:
  List the clusters
config get-contexts: [(-o|--output=)name)]
  List the contexts
    no-headers output|o:text
config get-users:
  List the users
config rename-context: CONTEXT_NAME NEW_NAME
  Rename a context
config set: PROPERTY_NAME PROPERTY_VALUE
  Set one value
    set-raw-bytes
config set-cluster: NAME [--server=server] [--certificate-authority=path/to/certificate/authority] [--insecure-skip-tls-verify=true] [--tls-server-name=example.com]
  Set what is known of a cluster
    certificate-authority:text embed-certs insecure-skip-tls-verify proxy-url:text server:text tls-server-name:text
config set-context: [NAME | --current] [--cluster=cluster_nickname] [--user=user_nickname] [--namespace=namespace]
  Set what a context stands for
    cluster:text current namespace|n:text user:text
config set-credentials: NAME [--client-certificate=path/to/certfile] [--client-key=path/to/keyfile] [--token=bearer_token] [--username=basic_user] [--password=basic_password] [--auth-provider=provider_name] [--auth-provider-arg=key=value] [--exec-command=exec_command] [--exec-api-version=exec_api_version] [--exec-arg=arg] [--exec-env=key=value]
  Set what is known of a user
    auth-provider:text auth-provider-arg:slice client-certificate:text client-key:text embed-certs exec-api-version:text exec-arg:slice
    exec-command:text exec-env:array exec-interactive-mode:text exec-provide-cluster-info password:text token:text username:text
config unset: PROPERTY_NAME
  Take one value away
config use-context: CONTEXT_NAME
  Choose the current context
config view:
  Print the kubeconfig
    allow-missing-template-keys=true flatten merge=true minify output|o:text=yaml raw show-managed-fields template:text
plugin:
  Deal with plugins
plugin list:
  List the plugins
    name-only
version:
  Print the versions of client and server
    client output|o:text
`;
