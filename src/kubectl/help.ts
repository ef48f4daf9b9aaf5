// `--help` of every command, written from the table of commands.

import { type Command, type Flag, GLOBAL_FLAGS, KUBECTL } from './command';

export function helpText(command: Command): string {
  if (command === KUBECTL) return `${command.summary}.\n\n${listed('Commands', command)}\nUsage:\n  kubectl [flags] [options]\n\n${MORE}`;
  const { path, summary, usage, flags, children } = command;
  const shown = flags.filter(({ isHidden }) => !isHidden);
  return [
    `${summary}.\n`,
    ...(children.length === 0 ? [] : [listed('Available Commands', command)]),
    ...(shown.length === 0 ? [] : [`Options:\n${shown.map(option).join('\n')}\n`]),
    `Usage:\n  ${['kubectl', ...path, usage, '[options]'].filter((part) => part !== '').join(' ')}\n`,
    children.length === 0 ? OPTIONS : MORE,
  ].join('\n');
}

const OPTIONS = 'Use "kubectl options" for a list of global command-line options (applies to all commands).\n';
const MORE = `Use "kubectl <command> --help" for more information about a given command.\n${OPTIONS}`;

function listed(title: string, { children }: Command): string {
  const names = children.map(({ path }) => path.at(-1) ?? '');
  const width = Math.max(...names.map((name) => name.length)) + 3;
  return `${title}:\n${children.map(({ path, summary }) => `  ${(path.at(-1) ?? '').padEnd(width)}${summary}\n`).join('')}`;
}

function option({ short, long, type, unset }: Flag): string {
  const value = unset === '' ? (type === 'slice' || type === 'array' ? '[]' : "''") : type === 'text' ? `'${unset}'` : unset;
  return `    ${short === null ? '' : `-${short}, `}--${long}=${value}`;
}

/** `kubectl options`. */
export function globalOptions(): string {
  const shown = GLOBAL_FLAGS.filter(({ long }) => long !== 'help').map(option);
  return `The following options can be passed to any command:\n\n${shown.join('\n')}\n`;
}
