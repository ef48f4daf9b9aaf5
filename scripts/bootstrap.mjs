// Runs before `npm start` and `npm test`, so that these two are all one has to know: refuses a Node that is too old, installs
// the packages when the lockfile has changed and, with --browser, makes sure that there is a browser for the tests.
// Old versions of Node must be able to read this file: nothing newer than ES2020 here, and the rest is imported after the check.

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const supported = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;

if (supported) {
  import('./prepare.mjs')
    .then(({ prepare }) => prepare({ browser: process.argv.includes('--browser') }))
    .catch((error) => stop(error.expected ? error.message : error.stack));
} else {
  stop(`Kubehop needs Node 20.19 or newer, 22.12 or newer, or any later one; this is Node ${process.versions.node}. See nodejs.org.`);
}

/** @param {string} message */
function stop(message) {
  console.error(message);
  process.exitCode = 1;
}
