// How the page is served while one works on it (`npm start`) and built (`npm run build`).
// The build is a folder of static files that works under any path and asks no other server for anything: the policy below says so.

import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'", // Monaco and React Flow write styles into elements
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Adds the policy to every built page. Not in development: there Vite puts scripts into the page itself. */
function policy(): Plugin {
  return {
    name: 'kubehop:policy',
    apply: 'build',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy }, injectTo: 'head-prepend' },
    ],
  };
}

function here(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

// monaco-yaml 5.5.1 does not fit Monaco 0.57 as published. It reaches Monaco's workers through monaco-worker-manager, which imports a
// path that Monaco no longer exports and calls `createWebWorker` with arguments that it no longer takes (monaco-yaml issue 272).
// Two small files of ours stand in for that package, on the page's side and on the worker's.
//
// Its worker also imports all of Prettier, which is 42 % of it, only to format on demand. Kubehop does not offer that, so a stub stands
// in: no-prettier.ts exports `format`, which gives the text back as it was (the plugins are only ever imported as namespaces).
const monacoYaml = [
  { find: /^monaco-worker-manager$/, replacement: here('./src/ui/editor/compat/page-side.ts') },
  { find: /^monaco-worker-manager\/worker$/, replacement: here('./src/ui/editor/compat/worker-side.ts') },
  { find: /^prettier\/(standalone|plugins\/(yaml|estree))$/, replacement: here('./src/ui/editor/compat/no-prettier.ts') },
];

export default defineConfig({
  base: './',
  plugins: [react(), policy()],
  resolve: { alias: monacoYaml },
  build: {
    target: 'es2022',
    manifest: true,
    license: { fileName: 'licenses.md' }, // the notices of what is really bundled, shipped beside it
    chunkSizeWarningLimit: 5000, // Monaco is that big; it is loaded after the rest of the page
  },
  worker: { format: 'es' },
  server: {
    host: '127.0.0.1',
    watch: { ignored: ['**/test-results/**', '**/playwright-report/**'] },
  },
  preview: { host: '127.0.0.1' },
  // Named here, because Vite does not find what only a worker or a late import needs before the page asks for it, and then reloads the page.
  optimizeDeps: {
    include: [
      'react',
      'react/jsx-dev-runtime',
      'react-dom',
      'react-dom/client',
      '@xyflow/react',
      'zustand',
      'yaml',
      'monaco-editor/editor',
      'monaco-editor/editor/editor.worker.js',
      'monaco-editor/features/register.all',
      'monaco-editor/languages/definitions/yaml/register',
      '@xterm/addon-fit',
      '@xterm/xterm',
      'monaco-yaml',
      'monaco-yaml/yaml.worker.js',
    ],
  },
});
