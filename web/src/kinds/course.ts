import { describe } from './kind';

export const course = describe({
  name: 'course',
  icon: 'course',
  verb: 'Start',
  resumeVerb: 'Go on',
  done: 'done',
  shape: () => 'landscape',
  below: (level) => (level === 'section' ? 'episodes' : 'grid'),
  line: (item) => (item.level === 'lesson' ? (item.parent_title ?? '') : (item.subtitle ?? '')),
});
