// The files that can be read where a program runs: those that the kubelet writes, those of mounted ConfigMaps, what the kernel shows of
// itself. What an image brings along is not known.

import type { Json } from '../../engine/index';
import { insideOf } from '../../engine/index';
import { listAt, textAt } from '../fields';
import { configMap, containerNamed } from './environment';
import { imageName } from './images';
import { podOf, senderOf } from './place';
import type { Run } from './program';

type Files = Readonly<Record<string, string>>;

/** Every readable file by its path. */
export function filesOf(run: Pick<Run, 'server' | 'place'>): Files {
  const inside = insideOf(run.server.loaded, senderOf(run.place));
  const own: Record<string, string> = {};
  if (inside !== null) {
    own['/etc/resolv.conf'] = inside.resolvConf;
    own['/etc/hosts'] = inside.hosts;
    for (const [name, value] of Object.entries(inside.sysctls)) own[`/proc/sys/${name.replaceAll('.', '/')}`] = `${value}\n`;
  }
  const { place } = run;
  if (place.kind !== 'container') return { ...own, '/etc/hostname': `${place.kind === 'node' ? place.node : 'kubehop'}\n` };
  const pod = podOf(place, run.server.objects);
  const hostname = textAt(place.json, 'spec', 'hostname') || place.pod;
  const account = '/var/run/secrets/kubernetes.io/serviceaccount';
  return { ...own, '/etc/hostname': `${hostname}\n`, [`${account}/namespace`]: place.namespace, ...mounted(run, pod?.json ?? place.json) };
}

function mounted({ server, place }: Pick<Run, 'server' | 'place'>, pod: Json): Files {
  if (place.kind !== 'container') return {};
  const mounts = listAt(containerNamed(pod, place.container), 'volumeMounts');
  return Object.assign(
    {},
    ...mounts.map((mount) => {
      const volume = listAt(pod, 'spec', 'volumes').find((one) => textAt(one, 'name') === textAt(mount, 'name'));
      const name = textAt(volume, 'configMap', 'name');
      if (name === '') return {};
      const part = textAt(mount, 'subPath');
      const path = textAt(mount, 'mountPath').replace(/\/$/, '');
      const entries = Object.entries(configMap(server.objects, place.namespace, name));
      return Object.fromEntries(
        part === ''
          ? entries.map(([key, value]) => [`${path}/${key}`, String(value)])
          : entries.filter(([key]) => key === part).map(([, value]) => [path, String(value)]),
      );
    }),
  );
}

/** The directories that every system has, and what is known of what stands in them. */
export function directoryOf(run: Pick<Run, 'server' | 'place'>, path: string): readonly string[] | null {
  const directory = path === '/' ? '' : path.replace(/\/$/, '');
  const below = Object.keys(filesOf(run)).filter((file) => file.startsWith(`${directory}/`));
  const names = new Set(below.map((file) => file.slice(directory.length + 1).split('/')[0] ?? ''));
  if (directory === '') for (const name of ['bin', 'dev', 'etc', 'home', 'proc', 'root', 'sys', 'tmp', 'usr', 'var']) names.add(name);
  const web = run.place.kind === 'container' && imageName(run.place.image) === 'nginx' && directory === '/usr/share/nginx/html';
  if (web) for (const name of ['50x.html', 'index.html']) names.add(name);
  const isEmpty = ['/tmp', '/root', '/home', '/proc', '/dev', '/sys', '/usr', '/bin'].includes(directory);
  return names.size > 0 || isEmpty ? [...names].sort() : null;
}
