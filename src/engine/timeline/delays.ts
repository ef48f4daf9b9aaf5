// How long the parts of a cluster take, in milliseconds. Believable and fixed, so that the same text and actions give the same life:
// a real cluster takes about as long, never exactly so. Where a figure is a default of a program, the program is named.

/** From the API server's answer to the moment at which one who watches has read the change and acts on it. */
export const WATCH = 20;

/** Controllers of kube-controller-manager: the watch, then their work queue. */
export const CONTROLLER = 40;

/** kube-scheduler: filters and scores, then binds. */
export const SCHEDULER = 60;

/** EndpointSlices are written for a batch of changes. */
export const ENDPOINTS = 80;

/** The kubelet hears of a Pod of its own, and its pod worker begins. */
export const KUBELET = 100;

/** Network namespace, veth and address: the sandbox, made by the container runtime and the network plugin. */
export const SANDBOX = 500;

/** An image that the node does not have yet comes from its registry. */
export const PULL = 1500;

/** The registry is asked whether the node's image is still the one of its tag (imagePullPolicy Always). */
export const PULL_CHECK = 400;

/** A container is created and its program started. */
export const START = 300;

/** From its start until a program listens, where nobody says otherwise. */
export const STARTUP = 400;

/** A program that is told to end has ended. */
export const SHUTDOWN = 200;

/** kube-proxy reads a change; it never writes rules twice within this time (minSyncPeriod, 1 s by default). */
export const PROXY = 50;
export const PROXY_PERIOD = 1000;

/** A cloud sets up a load balancer. */
export const BALANCER = 2000;

/** A Pod that works until it is done, where nobody says how long: init containers and Jobs. */
export const WORK = 2000;

/** A crashed container waits before it is started again: doubled each time, forgotten after ten minutes of work (kubelet, MaxContainerBackOff). */
export const BACK_OFF = 10_000;
export const LONGEST_BACK_OFF = 300_000;
export const BACK_OFF_FORGOTTEN = 600_000;

/** A volume that cannot be set up is tried again: doubled each time (initialDurationBeforeRetry, maxDurationBeforeRetry). */
export const MOUNT_WAIT = 500;
export const LONGEST_MOUNT_WAIT = 122_000;

/** A node from which nothing was heard so long counts as unreachable (--node-monitor-grace-period, 50 s since 1.32). */
export const NODE_SILENCE = 50_000;

/** Between the deletion of a node and that of its Pods: half a gcCheckPeriod of 20 s, and the quarantine of 40 s (podgc). */
export const NODE_MISSED = 50_000;

/** An API object whose watchers look again although nothing changed: a retry. */
export const RETRY = 5000;
