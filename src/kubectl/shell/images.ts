// Which image has which programs, and of whose make: facts of the images that courses use. An image that nobody knows is thought to have
// everything, in the make of Debian: an assumption, as with the ports on which it listens.

/** `nginx` for `docker.io/library/nginx:1.27@sha256:…`. */
export function imageName(image: string): string {
  const path = image.replace(/@.*$/, '');
  return path.slice(path.lastIndexOf('/') + 1).replace(/:.*$/, '');
}

export function tagOf(image: string): string {
  const path = image.replace(/@.*$/, '');
  return /:([^/:]*)$/.exec(path)?.[1] ?? '';
}

/** Who made a program that several have made. */
export type Make = 'busybox' | 'busybox-1.28' | 'gnu';

export interface Toolbox {
  readonly make: Make;
  /** The programs by name; null: all that there are. */
  readonly programs: readonly string[] | null;
}

/** What every system with a shell has. */
const CORE = words(
  'sh cat echo printf ls pwd id whoami date sleep seq head tail wc sort uniq cut tr env printenv hostname uname true false test [ grep sed awk xargs tee',
);

const BUSYBOX = [...CORE, ...words('wget nslookup ping ping6 nc ip ifconfig route netstat traceroute arp telnet ps kill')];

const DEBIAN = [...CORE, ...words('bash getent')];

const DNS_TOOLS = words('dig host nslookup');

/** By the name of the image. */
const KNOWN: Readonly<Record<string, Toolbox>> = {
  busybox: { make: 'busybox', programs: BUSYBOX },
  alpine: { make: 'busybox', programs: [...BUSYBOX, 'getent'] },
  curl: { make: 'busybox', programs: [...BUSYBOX, 'getent', 'curl'] },
  nginx: { make: 'gnu', programs: [...DEBIAN, 'curl'] },
  'nginx-unprivileged': { make: 'gnu', programs: [...DEBIAN, 'curl'] },
  httpd: { make: 'gnu', programs: DEBIAN },
  debian: { make: 'gnu', programs: DEBIAN },
  ubuntu: { make: 'gnu', programs: DEBIAN },
  redis: { make: 'gnu', programs: DEBIAN },
  postgres: { make: 'gnu', programs: DEBIAN },
  mysql: { make: 'gnu', programs: [...DEBIAN, 'curl'] },
  mongo: { make: 'gnu', programs: DEBIAN },
  rabbitmq: { make: 'gnu', programs: DEBIAN },
  node: { make: 'gnu', programs: [...DEBIAN, 'curl', 'wget'] },
  python: { make: 'gnu', programs: [...DEBIAN, 'curl', 'wget'] },
  dnsutils: { make: 'gnu', programs: [...DEBIAN, ...DNS_TOOLS, ...words('ping nc ip')] },
  'jessie-dnsutils': { make: 'gnu', programs: [...DEBIAN, ...DNS_TOOLS] },
  netshoot: { make: 'gnu', programs: null },
  pause: { make: 'gnu', programs: [] },
  coredns: { make: 'gnu', programs: [] },
  whoami: { make: 'gnu', programs: [] },
  'http-echo': { make: 'gnu', programs: [] },
  'kube-proxy': {
    make: 'gnu',
    programs: [...DEBIAN, ...words('iptables iptables-save ip6tables ip6tables-save nft ipvsadm ipset conntrack')],
  },
};

export function toolboxOf(image: string): Toolbox {
  const name = imageName(image);
  const tag = tagOf(image);
  if (/slim/.test(tag)) return { make: 'gnu', programs: DEBIAN };
  if (/alpine/.test(tag)) return { make: 'busybox', programs: [...BUSYBOX, 'getent', ...(/^(?:nginx|httpd)/.test(name) ? ['curl'] : [])] };
  if (name === 'busybox' && /^1\.(?:[01]?\d|2[0-8])(?:\.|$)/.test(tag)) return { make: 'busybox-1.28', programs: BUSYBOX };
  return (Object.hasOwn(KNOWN, name) ? KNOWN[name] : undefined) ?? { make: 'gnu', programs: null };
}

function words(text: string): readonly string[] {
  return text.split(' ');
}
