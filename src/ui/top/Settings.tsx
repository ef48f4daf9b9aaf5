// How the cluster is set up: two words in the head of the page, which open the panel. The panel shows what is in force, and writes what
// the reader chooses into the text.

import { useId, useState } from 'react';
import { showSource, useApp } from '../../store/app';
import { clusterView, shownSettings } from '../../store/selectors';
import { lineOf } from '../editor/line-of';
import { Icon } from '../Icon';
import { MODE_NAMES, NETWORK_NAMES } from '../setting-names';
import { useMessages } from '../text';
import { BalancerFields, DnsFields, NetworkFields, ProxyFields } from './SettingFields';

export function Settings() {
  const id = useId();
  const text = useMessages();
  const [open, setOpen] = useState(false);
  const mode = useApp((state) => clusterView(state)?.settings.proxyMode ?? 'iptables');
  const network = useApp((state) => clusterView(state)?.settings.network ?? 'calico');
  return (
    <>
      <button type="button" className="setup" popoverTarget={id} aria-haspopup="dialog" aria-expanded={open} title={text.settings}>
        <span className="unseen">{text.settings}</span>
        <b>{MODE_NAMES[mode]}</b>
        <b>{NETWORK_NAMES[network]}</b>
        <Icon name="down" />
      </button>
      <div
        id={id}
        popover="auto"
        className="settings"
        role="dialog"
        aria-label={text.settings}
        onToggle={(event) => setOpen(event.newState === 'open')}
      >
        {open ? <Panel close={() => document.getElementById(id)?.hidePopover()} /> : null}
      </div>
    </>
  );
}

function Panel({ close }: { readonly close: () => void }) {
  const text = useMessages();
  const inForce = useApp((state) => clusterView(state)?.settings ?? null);
  const pending = useApp((state) => state.pendingSetting);
  const settings = shownSettings(inForce, pending);
  const unreadable = useApp((state) => state.snapshot?.staleFromLine ?? null);
  if (settings === null) return null;
  return (
    <>
      <h2 className="settings-title">{text.settings}</h2>
      <p className="settings-hint">{unreadable === null ? text.settingsHint : text.settingsUnreadable(unreadable)}</p>
      <fieldset className="settings-groups" disabled={unreadable !== null}>
        <legend className="unseen">{text.settings}</legend>
        <ProxyFields settings={settings} />
        <NetworkFields settings={settings} />
        <BalancerFields settings={settings} />
        <DnsFields settings={settings} key={settings.dnsDomain} />
      </fieldset>
      <Outcome close={close} />
    </>
  );
}

/** What became of the last change, with a way to its lines. */
function Outcome({ close }: { readonly close: () => void }) {
  const text = useMessages();
  const last = useApp((state) => state.lastSetting);
  const written = useApp((state) => state.scenario.text);
  const range = last?.range ?? null;
  const show = (): void => {
    close();
    if (range !== null) showSource(range);
  };
  return (
    <p className={last !== null && range === null ? 'settings-outcome refused' : 'settings-outcome'} role="status">
      {last === null ? null : (
        <span>
          {range === null
            ? text.settingRefused
            : range.to > range.from
              ? text.settingWritten(lineOf(written, range.to - 1))
              : text.settingErased}
        </span>
      )}
      {range !== null && range.to > range.from ? (
        <button type="button" className="link" onClick={show}>
          {text.showObject}
        </button>
      ) : null}
    </p>
  );
}
