// `describe job`, `describe cronjob`.

import { type Json, parseTimestamp } from '../../engine/index';
import { humanDuration } from '../age';
import { selectorText } from '../column';
import { at, listAt, numberAt, textAt } from '../fields';
import { controllerOf, type Describer, events, head, labelsAndAnnotations, optional, time } from './common';
import type { Page } from './page';
import { podTemplate } from './pod';

export const describeJob: Describer = (page, around) => {
  const { json } = around.object;
  const spec = at(json, 'spec');
  head(page, json);
  page.line(0, 'Selector:', selectorOf(spec));
  labelsAndAnnotations(page, json);
  optional(page, 'Controlled By', controllerOf(json));
  page.line(0, 'Parallelism:', textAt(spec, 'parallelism') || '1');
  page.line(0, 'Completions:', textAt(spec, 'completions') || (at(spec, 'parallelism') === undefined ? '1' : '<unset>'));
  page.line(0, 'Completion Mode:', textAt(spec, 'completionMode') || 'NonIndexed');
  page.line(0, 'Suspend:', textAt(spec, 'suspend') || 'false');
  page.line(0, 'Backoff Limit:', textAt(spec, 'backoffLimit') || '6');
  optional(page, 'TTL Seconds After Finished', textAt(spec, 'ttlSecondsAfterFinished'));
  times(page, at(json, 'status'));
  const deadline = textAt(spec, 'activeDeadlineSeconds');
  optional(page, 'Active Deadline Seconds', deadline === '' ? '' : `${deadline}s`);
  const status = (field: string) => numberAt(json, 'status', field);
  const ready = textAt(json, 'status', 'ready');
  page.line(
    0,
    'Pods Statuses:',
    `${status('active')} Active${ready === '' ? '' : ` (${ready} Ready)`} / ${status('succeeded')} Succeeded / ${status('failed')} Failed`,
  );
  if (textAt(spec, 'completionMode') === 'Indexed')
    page.line(0, 'Completed Indexes:', textAt(json, 'status', 'completedIndexes') || '<none>');
  podTemplate(page, at(spec, 'template'));
  events(page, around);
};

/** A selector in this form has its sets in a fixed order too; empty for none. */
function selectorOf(spec: Json | undefined): string {
  const text = selectorText(at(spec, 'selector'));
  return text === '<none>' ? '' : text;
}

function times(page: Page, status: Json | undefined): void {
  const [start, end] = [textAt(status, 'startTime'), textAt(status, 'completionTime')];
  if (start !== '') page.line(0, 'Start Time:', time(status, 'startTime'));
  if (end !== '') page.line(0, 'Completed At:', time(status, 'completionTime'));
  const [from, to] = [parseTimestamp(start), parseTimestamp(end)];
  if (from !== null && to !== null) page.line(0, 'Duration:', humanDuration(to - from));
}

export const describeCronJob: Describer = (page, around) => {
  const { json } = around.object;
  const spec = at(json, 'spec');
  const template = at(spec, 'jobTemplate', 'spec');
  const deadline = textAt(spec, 'startingDeadlineSeconds');
  head(page, json);
  labelsAndAnnotations(page, json);
  page.line(0, 'Schedule:', textAt(spec, 'schedule'));
  page.line(0, 'Concurrency Policy:', textAt(spec, 'concurrencyPolicy') || 'Allow');
  page.line(0, 'Suspend:', at(spec, 'suspend') === true ? 'True' : 'False');
  page.line(0, 'Time Zone:', textAt(spec, 'timeZone') || '<unset>');
  page.line(0, 'Successful Job History Limit:', textAt(spec, 'successfulJobsHistoryLimit') || '3');
  page.line(0, 'Failed Job History Limit:', textAt(spec, 'failedJobsHistoryLimit') || '1');
  page.line(0, 'Starting Deadline Seconds:', deadline === '' ? '<unset>' : `${deadline}s`);
  page.line(0, 'Selector:', at(template, 'selector') === undefined ? '<unset>' : selectorOf(template));
  page.line(0, 'Parallelism:', textAt(template, 'parallelism') || '<unset>');
  page.line(0, 'Completions:', textAt(template, 'completions') || '<unset>');
  podTemplate(page, at(template, 'template'));
  page.line(
    0,
    'Last Schedule Time:',
    textAt(json, 'status', 'lastScheduleTime') === '' ? '<unset>' : time(json, 'status', 'lastScheduleTime'),
  );
  page.line(
    0,
    'Active Jobs:',
    listAt(json, 'status', 'active')
      .map((job) => textAt(job, 'name'))
      .join(', ') || '<none>',
  );
  events(page, around);
};
