// A failing cluster, made small: documents are left out as long as the same request still differs.

import { compareScenario } from './cluster';
import type { Generated, GeneratedRequest } from './generate';
import type { Laboratory } from './lab';

export async function shrink(lab: Laboratory, generated: Generated, asked: GeneratedRequest): Promise<readonly string[]> {
  let documents = generated.documents;
  for (let index = documents.length - 1; index >= 0; index -= 1) {
    const fewer = documents.filter((_, at) => at !== index);
    if (await stillDiffers(lab, { ...generated, documents: fewer }, asked)) documents = fewer;
  }
  return documents;
}

async function stillDiffers(lab: Laboratory, { documents, settings }: Generated, { request }: GeneratedRequest): Promise<boolean> {
  try {
    const [verdict] = await compareScenario(lab, { text: documents.join('\n---\n'), settings, requests: [request] });
    return verdict?.kind === 'differed';
  } catch {
    return false;
  }
}
