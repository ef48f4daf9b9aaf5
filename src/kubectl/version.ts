// The versions that the client and the API server say they have.

/** The release that is simulated. */
export const VERSION = 'v1.36.0';

/** The release of kustomize that is built into it. */
export const KUSTOMIZE_VERSION = 'v5.8.1';

/** As `/version` answers. */
export const SERVER_VERSION = {
  major: '1',
  minor: '36',
  gitVersion: VERSION,
  gitTreeState: 'clean',
  compiler: 'gc',
  platform: 'linux/amd64',
} as const;
