import { signal } from '@preact/signals';
import { render } from 'preact';
import { Icon } from './parts/icon';

const name = signal('');
render(<header class="top"><Icon name="image" />{name}</header>, document.getElementById('app')!);
