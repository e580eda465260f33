/** What every page is made of: the product's name, a headline, sections. */
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { say } from '../text.ts';
import { Mark } from '../views/icon.tsx';

interface FrameProps {
  title: string;
  lead: string;
  simulated: boolean;
  children: ComponentChildren;
}

export function Frame({ title, lead, simulated, children }: FrameProps) {
  useEffect(() => {
    document.title = `${title} · ${say('product')}`;
  }, [title]);
  return (
    <div class="page">
      <header class="top">
        <Mark />
        <span class="product">{say('product')}</span>
        {simulated && <span class="badge">{say('ui_simulated')}</span>}
      </header>
      <main>
        <h1>{title}</h1>
        <p class="lead">{lead}</p>
        {children}
      </main>
    </div>
  );
}

export function Section({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** A thing and what it is for, and on the far side how it stands or what can be done. */
interface RowProps {
  name: string;
  why: ComponentChildren;
  /** As technicians and browsers call it. */
  technical?: string | undefined;
  children?: ComponentChildren;
}

export function Row({ name, why, technical, children }: RowProps) {
  return (
    <li class="row">
      <div class="row-text">
        <h3>{name}</h3>
        <p class="why">{why}</p>
        {technical && <code class="technical">{technical}</code>}
      </div>
      {children}
    </li>
  );
}
