// `kubectl auth`: what the one user of the simulated cluster may do, which is everything (cmd/auth). Roles and bindings are kept, and nobody
// is held to them: what another user may do is not simulated.

import { type Answer, notSimulated, printed, refused } from '../answer';
import type { Call } from '../call';
import { qualifiedPlural, type Resource, resourcesNamed } from '../kinds';
import { printerOf } from '../output';
import { tabbedText } from '../table';

/** The user and groups that kubeadm writes into the first kubeconfig of a cluster. */
const USER = { username: 'kubernetes-admin', groups: ['kubeadm:cluster-admins', 'system:authenticated'] };

const RESOURCE_VERBS = 'get list watch create update patch delete deletecollection use bind impersonate * approve sign escalate attest';
const PATH_VERBS = 'get put post head options delete patch *';

export function canI(call: Call): Answer {
  const { flags, words } = call;
  const problem = misuse(call);
  if (problem !== null) return problem;
  if (flags.one('as') !== undefined) return notSimulated('kubectl auth can-i --as');
  if (flags.isOn('list')) return printed(accessText(flags.isOn('no-headers')));
  const warned = warnings(call)
    .map((text) => `Warning: ${text}\n\n`)
    .join('');
  if (words[1]?.startsWith('/') === true && flags.one('subresource') !== undefined)
    return refused('--subresource can not be used with NonResourceURL');
  if (flags.isOn('no-headers')) return { ...refused('--no-headers cannot be set without --list specified'), err: `${warned}${NO_LIST}` };
  return printed(flags.isOn('quiet') ? '' : 'yes\n', warned);
}

const NO_LIST = 'error: --no-headers cannot be set without --list specified\n';

function misuse({ flags, words }: Call): Answer | null {
  if (!flags.isOn('list'))
    return words.length === 2
      ? null
      : refused(
          'you must specify two arguments: verb resource or verb resource/resourceName.',
          "See 'kubectl auth can-i -h' for help and examples.",
        );
  if (words.length > 0) return refused('list option must be specified with no arguments');
  const isMixed = flags.isOn('quiet') || flags.isOn('all-namespaces') || (flags.one('subresource') ?? '') !== '';
  return isMixed ? refused("list option can't be specified with neither quiet, all-namespaces nor subresource options") : null;
}

/** Of a verb or a type that nobody knows, and of a namespace that means nothing: the question is asked all the same. */
function warnings({ flags, words: [verb = '', asked = ''], server }: Call): readonly string[] {
  const unknown = `verb '${verb}' is not a known verb`;
  if (asked.startsWith('/')) return PATH_VERBS.split(' ').includes(verb) ? [] : [unknown];
  const type = asked.split('/')[0] ?? '';
  const [resource] = type === '*' ? [] : resourcesNamed(type, server.objects);
  const isStrange = !RESOURCE_VERBS.split(' ').includes(verb) && !flags.isOn('all-namespaces');
  return [
    ...(type === '*' || resource !== undefined || ['users', 'groups'].includes(type) ? [] : [noType(type)]),
    ...(resource === undefined || resource.namespaced || flags.isOn('all-namespaces') ? [] : [notScoped(resource)]),
    ...(isStrange ? [unknown] : []),
  ];
}

function noType(type: string): string {
  const [name = '', ...group] = type.toLowerCase().split('.');
  return `the server doesn't have a resource type '${name}'${group.length === 0 ? '' : ` in group '${group.join('.')}'`}`;
}

function notScoped({ plural, group }: Resource): string {
  return `resource '${plural}' is not namespace scoped${group === '' ? '' : ` in group '${group}'`}`;
}

/** What everybody may read of an API server (the cluster roles system:discovery and system:public-info-viewer). */
const READABLE =
  '/api/* /api /apis/* /apis /healthz /healthz /livez /livez /openapi/* /openapi /readyz /readyz /version/ /version/ /version /version';

function accessText(isBare: boolean): string {
  const reviews = ['SelfSubjectReview', 'SelfSubjectAccessReview', 'SelfSubjectRulesReview'];
  return tabbedText([
    ...(isBare ? [] : [['Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs']]),
    ['*.*', '[]', '[]', '[*]'],
    ['', '[*]', '[]', '[*]'],
    ...reviews.flatMap((kind) => resourcesNamed(kind)).map((one) => [qualifiedPlural(one), '[]', '[]', '[create]']),
    ...READABLE.split(' ').map((path) => ['', `[${path}]`, '[]', '[get]']),
  ]);
}

const FORMATS = 'go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,yaml';

export function whoAmI(call: Call): Answer {
  // Without -o a template is passed over (OutputFlagSpecified).
  const printer = call.flags.one('output') === undefined ? null : printerOf(call, FORMATS);
  if (printer !== null && 'problem' in printer) return refused(printer.problem);
  if (printer === null)
    return printed(
      tabbedText([
        ['ATTRIBUTE', 'VALUE'],
        ['Username', USER.username],
        ['Groups', `[${USER.groups.join(' ')}]`],
      ]),
    );
  const { text, problem } = printer({
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'SelfSubjectReview',
    metadata: {},
    status: { userInfo: USER },
  });
  return problem === null ? printed(text) : { ...refused(problem), out: text };
}

export function reconcile({ flags }: Call): Answer {
  if (flags.all('filename').length === 0 && flags.one('kustomize') === undefined) return refused('must specify one of -f and -k');
  return notSimulated('kubectl auth reconcile');
}
