// The YAML service's worker, as a file of ours: taken straight from its package it would not be bundled while one works on the page.

import 'monaco-yaml/yaml.worker.js';
