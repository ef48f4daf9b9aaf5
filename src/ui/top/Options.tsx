// How the cluster was set up, the seed of the draws, and the reader's language and theme.

import type { Language } from '../../engine/explain/language';
import { setLanguage, setSeed, setTheme, useApp } from '../../store/app';
import type { Theme } from '../../store/preferences';
import { Icon } from '../Icon';
import { useMessages } from '../text';
import { Settings } from './Settings';
import { TerminalButton } from './TerminalButton';

const NAMES: Readonly<Record<Language, string>> = { en: 'English', fr: 'Français' };
const NEXT_THEME: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };
const THEME_ICONS = { system: 'system', light: 'sun', dark: 'moon' } as const;

export function Options() {
  return (
    <div className="options">
      <TerminalButton />
      <Settings />
      <Seed />
      <LanguageSwitch />
      <ThemeSwitch />
    </div>
  );
}

function Seed() {
  const text = useMessages();
  const seed = useApp((state) => state.scenario.seed);
  const change = (value: string): void => {
    if (/^\d{1,9}$/.test(value)) setSeed(Number(value));
  };
  return (
    <label className="seed" title={text.seedHint}>
      {text.seed}{' '}
      <input
        className="seed-field"
        inputMode="numeric"
        value={seed}
        size={Math.max(1, String(seed).length)}
        maxLength={9}
        onFocus={(event) => event.target.select()}
        onChange={(event) => change(event.target.value)}
      />
    </label>
  );
}

function LanguageSwitch() {
  const text = useMessages();
  const language = useApp((state) => state.preferences.language);
  return (
    <fieldset className="languages">
      <legend className="unseen">{text.language}</legend>
      {(['en', 'fr'] as const).map((code) => (
        <button
          key={code}
          type="button"
          lang={code}
          aria-pressed={code === language}
          aria-label={NAMES[code]}
          title={NAMES[code]}
          onClick={() => setLanguage(code)}
        >
          {code.toUpperCase()}
        </button>
      ))}
    </fieldset>
  );
}

function ThemeSwitch() {
  const text = useMessages();
  const theme = useApp((state) => state.preferences.theme);
  const name = { system: text.themeSystem, light: text.themeLight, dark: text.themeDark }[theme];
  return (
    <button
      type="button"
      className="theme"
      aria-label={`${text.theme} (${name})`}
      title={`${text.theme} (${name})`}
      onClick={() => setTheme(NEXT_THEME[theme])}
    >
      <Icon name={THEME_ICONS[theme]} />
    </button>
  );
}
