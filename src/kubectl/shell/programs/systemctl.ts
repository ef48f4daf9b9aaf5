// systemctl on a node, for the services that a node of this cluster has, and the programs that turn the machine off. kube-proxy is a service
// here, as where a cluster was set up by hand; with others it is a Pod.

import type { Answer } from '../../answer';
import { isOn, powered, runsProxy, withProxy } from '../machine';
import { lines, type Program, type Run } from '../program';

const UNITS: Readonly<Record<string, string>> = {
  containerd: 'containerd container runtime',
  kubelet: 'kubelet: The Kubernetes Node Agent',
  'kube-proxy': 'Kubernetes Kube Proxy',
};

const WELL: Answer = { status: 0, out: '', err: '' };

export const systemctl: Program = (run) => {
  const [verb = 'list-units', ...names] = run.words.filter((word) => !word.startsWith('-'));
  if (verb === 'poweroff' || verb === 'halt' || verb === 'reboot') return turnedOff({ ...run, program: verb });
  if (verb === 'list-units') return { ...WELL, out: lines(...Object.keys(UNITS).map((unit) => row(run, unit))) };
  if (!['start', 'stop', 'restart', 'status', 'is-active'].includes(verb))
    return { status: 1, out: '', err: `Unknown command verb '${verb}', did you mean 'start', 'stop', 'restart' or 'status'?\n` };
  const [name] = names;
  if (name === undefined) return { status: 1, out: '', err: 'Too few arguments.\n' };
  const unit = name.replace(/\.service$/, '');
  return Object.hasOwn(UNITS, unit) ? asked(run, verb, unit) : unknown(verb, unit);
};

function unknown(verb: string, unit: string): Answer {
  if (verb === 'is-active') return { status: 4, out: 'inactive\n', err: '' };
  return verb === 'status'
    ? { status: 4, out: '', err: `Unit ${unit}.service could not be found.\n` }
    : { status: 5, out: '', err: `Failed to ${verb} ${unit}.service: Unit ${unit}.service not loaded.\n` };
}

function asked(run: Run, verb: string, unit: string): Answer {
  const isRunning = isActive(run, unit);
  if (verb === 'is-active') return { status: isRunning ? 0 : 3, out: `${state(isRunning)}\n`, err: '' };
  if (verb === 'status') return { status: isRunning ? 0 : 3, out: statusOf(unit, isRunning), err: '' };
  if (unit !== 'kube-proxy')
    return { status: 1, out: '', err: `a ${unit} that is stopped by itself is not simulated: systemctl poweroff stops the machine\n` };
  return run.place.kind === 'node' ? { ...WELL, server: withProxy(run.server, run.place.node, verb !== 'stop') } : WELL;
}

function isActive({ server, place }: Run, unit: string): boolean {
  return unit !== 'kube-proxy' || place.kind !== 'node' || runsProxy(server, place.node);
}

function state(isRunning: boolean): string {
  return isRunning ? 'active' : 'inactive';
}

function statusOf(unit: string, isRunning: boolean): string {
  return lines(
    `${isRunning ? '●' : '○'} ${unit}.service - ${UNITS[unit]}`,
    `     Loaded: loaded (/etc/systemd/system/${unit}.service; enabled; preset: enabled)`,
    `     Active: ${isRunning ? 'active (running)' : 'inactive (dead)'}`,
  );
}

function row(run: Run, unit: string): string {
  const isRunning = isActive(run, unit);
  return `${`${unit}.service`.padEnd(19)} loaded ${state(isRunning).padEnd(8)} ${isRunning ? 'running' : 'dead   '} ${UNITS[unit]}`;
}

/** `poweroff`, `halt`, `shutdown`, `reboot`: whoever came by ssh is thrown out. */
export const turnedOff: Program = ({ server, place, program, words }) => {
  if (place.kind !== 'node') return { status: 1, out: '', err: `${program}: must be superuser.\n` };
  if (words.includes('-c')) return WELL;
  const off = powered(server, place.node, false);
  const isReboot = program === 'reboot' || words.includes('-r') || words.includes('--reboot');
  const after = isReboot ? powered(off, place.node, true) : off;
  return {
    status: 255,
    out: '',
    err: isOn(server, place.node) ? `Connection to ${place.node} closed by remote host.\n` : '',
    server: after,
  };
};
