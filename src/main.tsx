// Puts the page into the document and starts the engine. The theme is set before the first drawing, so that nothing flashes.

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { start, useApp } from './store/app';
import { resumeLive } from './store/live';
import { App } from './ui/App';
import './ui/style.css';

start(navigator.languages);
resumeLive();

const { theme } = useApp.getState().preferences;
if (theme !== 'system') document.documentElement.dataset.theme = theme;

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
