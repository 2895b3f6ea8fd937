import { date } from '~/lib/format';
import { describe } from './kind';

export const photo = describe({
  name: 'photo',
  icon: 'photo',
  opens: 'viewer',
  verb: 'Look',
  resumeVerb: 'Look',
  done: 'seen',
  shape: () => 'square',
  below: () => 'wall',
  line: (item) => date(item.date) || item.subtitle || '',
});
