import { describe } from './kind';

export const audiobook = describe({
  name: 'audiobook',
  icon: 'audiobook',
  opens: 'audio',
  verb: 'Listen',
  done: 'heard',
  shape: () => 'square',
  continues: false,
});
