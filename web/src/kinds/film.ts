import { describe } from './kind';

export const film = describe({ name: 'film', icon: 'film', continues: false });
