// The fields of the settings panel, by the part of the cluster that they are about. Each names the object that it is written into.

import { type FormEvent, type ReactNode, useId, useState } from 'react';
import type { LoadBalancerName, SettingChange, SettingsView } from '../../engine/view';
import { changeSetting } from '../../store/app';
import { MODE_NAMES, MODES, NETWORKS, placeOf, SCHEDULERS } from '../setting-names';
import { useMessages } from '../text';

interface Fields {
  readonly settings: SettingsView;
}

export function ProxyFields({ settings }: Fields) {
  const text = useMessages();
  const { proxyMode, ipvsScheduler, masqueradeAll, localhostNodePorts } = settings;
  return (
    <Group name={text.kubeProxy} place={placeOf({ setting: 'proxyMode', value: proxyMode })}>
      <ModeChoice settings={settings} />
      {proxyMode === 'ipvs' ? (
        <Choice
          name={text.scheduler}
          value={ipvsScheduler}
          options={SCHEDULERS.map((value) => ({ value, name: `${value} · ${text.schedulers[value] ?? ''}` }))}
          choose={(value) => changeSetting({ setting: 'ipvsScheduler', value })}
        />
      ) : null}
      <Switch name={text.masqueradeAll} field="masqueradeAll" setting="masqueradeAll" checked={masqueradeAll} />
      <Switch
        name={text.localhostNodePorts}
        field="localhostNodePorts"
        setting="localhostNodePorts"
        checked={localhostNodePorts && proxyMode === 'iptables'}
        unable={proxyMode === 'iptables' ? null : text.onlyIptables}
      />
    </Group>
  );
}

function ModeChoice({ settings: { proxyMode } }: Fields) {
  const text = useMessages();
  const [name, story] = [useId(), useId()];
  return (
    <>
      <div className="modes-choice" role="radiogroup" aria-label={text.mode}>
        {MODES.map((mode) => (
          <label key={mode}>
            <input
              type="radio"
              name={name}
              checked={mode === proxyMode}
              onChange={() => changeSetting({ setting: 'proxyMode', value: mode })}
            />
            <span>{MODE_NAMES[mode]}</span>
          </label>
        ))}
        <label>
          <input type="radio" name={name} disabled aria-describedby={story} />
          <span>
            userspace <em>{text.userspaceGone}</em>
          </span>
        </label>
      </div>
      {proxyMode === 'ipvs' ? <p className="settings-note">{text.ipvsOld}</p> : null}
      <p className="settings-note" id={story}>
        {text.userspaceStory}
      </p>
    </>
  );
}

export function NetworkFields({ settings: { network, natOutgoing } }: Fields) {
  const text = useMessages();
  const calico = network.startsWith('calico');
  return (
    <Group name={text.podNetwork} place={placeOf({ setting: 'network', value: network })}>
      <Choice
        name={text.podNetwork}
        unnamed
        value={network}
        options={NETWORKS.map((value) => ({ value, name: text.networks[value] }))}
        choose={(value) => changeSetting({ setting: 'network', value })}
      />
      <Switch
        name={text.natOutgoing}
        field="natOutgoing"
        setting="natOutgoing"
        checked={calico && natOutgoing}
        unable={calico ? null : text.onlyCalico}
      />
    </Group>
  );
}

const BALANCERS: readonly LoadBalancerName[] = ['cloud', 'metallb', 'none'];

export function BalancerFields({ settings: { loadBalancer } }: Fields) {
  const text = useMessages();
  return (
    <Group name={text.loadBalancer} place={placeOf({ setting: 'loadBalancer', value: loadBalancer })}>
      <Choice
        name={text.loadBalancer}
        unnamed
        value={loadBalancer}
        options={BALANCERS.map((value) => ({ value, name: text.loadBalancers[value] }))}
        choose={(value) => changeSetting({ setting: 'loadBalancer', value })}
      />
    </Group>
  );
}

const DOMAIN = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;

export function DnsFields({ settings: { dnsDomain } }: Fields) {
  const text = useMessages();
  const [draft, setDraft] = useState(dnsDomain);
  const note = useId();
  const wrong = !DOMAIN.test(draft);
  const settle = (): void => {
    if (!wrong && draft !== dnsDomain) changeSetting({ setting: 'dnsDomain', value: draft });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    settle();
  };
  return (
    <Group name={text.dnsDomain} place={placeOf({ setting: 'dnsDomain', value: dnsDomain })}>
      <form onSubmit={submit}>
        <input
          className="setting-text mono"
          aria-label={text.dnsDomain}
          aria-invalid={wrong}
          aria-describedby={wrong ? note : undefined}
          value={draft}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          onChange={(event) => setDraft(event.target.value.trim())}
          onBlur={settle}
        />
      </form>
      {wrong ? (
        <p className="settings-note wrong" id={note} role="alert">
          {text.badDomain}
        </p>
      ) : null}
    </Group>
  );
}

interface GroupProps {
  readonly name: string;
  readonly place: string;
  readonly children: ReactNode;
}

function Group({ name, place, children }: GroupProps) {
  const title = useId();
  return (
    <section className="settings-group" aria-labelledby={title}>
      <header>
        <h3 className="heading" id={title}>
          {name}
        </h3>
        <span className="mono">{place}</span>
      </header>
      {children}
    </section>
  );
}

interface ChoiceProps<Value extends string> {
  readonly name: string;
  /** The group's heading already says the name. */
  readonly unnamed?: boolean;
  readonly value: string;
  readonly options: readonly { readonly value: Value; readonly name: string }[];
  readonly choose: (value: Value) => void;
}

function Choice<Value extends string>({ name, unnamed = false, value, options, choose }: ChoiceProps<Value>) {
  const chosen = (picked: string): void => {
    const option = options.find((one) => one.value === picked);
    if (option !== undefined) choose(option.value);
  };
  return (
    <label className="setting">
      <span className={unnamed ? 'unseen' : ''}>{name}</span>
      <select value={value} onChange={(event) => chosen(event.target.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.name}
          </option>
        ))}
      </select>
    </label>
  );
}

interface SwitchProps {
  readonly name: string;
  /** The field's own word, as it is written. */
  readonly field: string;
  readonly setting: Extract<SettingChange, { readonly value: boolean }>['setting'];
  readonly checked: boolean;
  /** Why it cannot be chosen. */
  readonly unable?: string | null;
}

function Switch({ name, field, setting, checked, unable = null }: SwitchProps) {
  return (
    <label className={unable === null ? 'setting-switch' : 'setting-switch unable'}>
      <input
        type="checkbox"
        checked={checked}
        disabled={unable !== null}
        onChange={(event) => changeSetting({ setting, value: event.target.checked })}
      />
      <span>
        {name} <code className="mono">{field}</code>
        {unable === null ? null : <em>{unable}</em>}
      </span>
    </label>
  );
}
