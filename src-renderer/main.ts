import '../src-main/contract/errors/without-eval.ts';
import { mount } from 'svelte';
import App from './App.svelte';
import { connectEngine } from './connection/connect-engine.ts';
import './theme.css';
import './controls.css';

const target = document.getElementById('app');
if (!target) throw new Error('The page has no #app element to draw in.');
mount(App, { target, props: { connect: connectEngine } });
