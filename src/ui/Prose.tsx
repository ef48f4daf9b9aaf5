// A sentence of the engine, with what a terminal would print (addresses, chains, devices, names) in the typewriter face.

const TERMS =
  /(`[^`]+`|\b\d{1,3}(?:\.\d{1,3}){3}(?:[:/]\d+)?|\b(?:KUBE|cali)-?[A-Za-z0-9-]{3,}|\b[\w-]+(?:\.[\w-]+)*\.(?:cluster\.local|in-addr\.arpa)\.?|\b[a-z]\w*=[\w/-]+(?:\.[\w/-]+)*)/;

export function Prose({ text }: { readonly text: string }) {
  return <>{parts(text).map(({ at, term, part }) => (term ? <Term key={at} text={part} /> : part))}</>;
}

/** Words and terms in turn, each with its offset. */
function parts(text: string): readonly { readonly at: number; readonly term: boolean; readonly part: string }[] {
  let at = 0;
  return text.split(TERMS).map((part, index) => {
    at += part.length;
    return { at, term: index % 2 === 1, part };
  });
}

function Term({ text }: { readonly text: string }) {
  return <code className="mono">{text.replaceAll('`', '')}</code>;
}
