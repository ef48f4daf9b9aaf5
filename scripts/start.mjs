// `npm start`: the development server, which prints the page's address. Options are Vite's: `npm start -- --port 3000`.
// The browser is opened only for a person who sits at this machine: a terminal, a screen, no continuous integration.

const hasScreen = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

if (process.stdout.isTTY && hasScreen && !process.env.CI) process.argv.push('--open');

await import(new URL('../node_modules/vite/bin/vite.js', import.meta.url).href);
