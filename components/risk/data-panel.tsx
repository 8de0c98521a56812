'use client';

import { type ReactNode, useRef, useState } from 'react';
import { renderPng, saveFile, toFileName } from '@/components/charts/export-chart';
import { Figure } from '@/components/ui/figure';
import { Menu } from '@/components/ui/menu';
import { Panel } from '@/components/ui/panel';
import { Cell, HeadCell, Table } from '@/components/ui/table';
import { tellCause } from './tell-cause';
import { toCsv } from './to-csv';

/** A figure of the table: as it is read, and to its last digit. */
export interface DataCell {
  readonly text: string;
  readonly exact?: string | undefined;
}

export interface DataPanelProps {
  /** The question it answers. */
  readonly title: string;
  readonly controls?: ReactNode;
  readonly note?: ReactNode;
  /** A what-if moves the prices its figures were made at. */
  readonly affected?: boolean;
  readonly head: readonly string[];
  /** The same figures as the drawing has; the first cell of a row names it. */
  readonly rows: readonly (readonly [DataCell, ...DataCell[]])[];
  readonly children: ReactNode;
  /** It is drawn as one picture that can be saved. */
  readonly hasPicture?: boolean;
  readonly className?: string;
}

function DataTable({ title, head, rows, affected }: Pick<DataPanelProps, 'title' | 'head' | 'rows' | 'affected'>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="max-h-72 overflow-auto" aria-label={`${title}: table`} tabIndex={0}>
      <Table className="text-[13px]">
        <thead>
          <tr>
            {head.map((name, index) => (
              <HeadCell key={name} className={index === 0 ? '' : 'num'}>
                {name}
              </HeadCell>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...figures]) => (
            <tr key={name.text}>
              <Cell className="!h-7 !whitespace-normal">{name.text}</Cell>
              {figures.map((figure, index) => (
                <Cell key={head[index + 1]} className="num !h-7">
                  <Figure text={figure.text} exact={figure.exact} affected={affected} />
                </Cell>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}

/** A drawing under the question it answers, the same figures as a table and as CSV, and what they were made of in words. */
export function DataPanel(props: DataPanelProps) {
  const { title, controls, note, affected = false, head, rows, children, hasPicture = false, className } = props;
  const [asTable, setAsTable] = useState(false);
  const [problem, setProblem] = useState<string>();
  const surface = useRef<HTMLDivElement>(null);

  const saveCsv = () => {
    const names = affected ? head.map((name, index) => (index === 0 ? name : `${name} (what if)`)) : head;
    const lines = [names, ...rows.map((row) => row.map(({ text, exact }) => (exact ?? text).replace('$', '')))];
    saveFile(`${toFileName(title)}.csv`, new Blob([toCsv(lines)], { type: 'text/csv' }));
  };
  const savePng = async () => {
    const svg = surface.current?.querySelector('svg');
    if (!svg || !surface.current) return;
    try {
      saveFile(`${toFileName(title)}.png`, await renderPng(svg, title, surface.current));
      setProblem(undefined);
    } catch (cause) {
      setProblem(`The picture could not be made: ${tellCause(cause)}`);
    }
  };
  return (
    <Panel
      title={title}
      className={`flex flex-col ${className ?? ''}`}
      actions={
        <>
          {controls}
          <Menu
            trigger="Chart ▾"
            label={`Options of the chart “${title}”`}
            items={[
              { key: 'table', label: 'As table', checked: asTable, onSelect: () => setAsTable(!asTable) },
              ...(hasPicture
                ? [{ key: 'png', label: 'Save as PNG', disabled: asTable, onSelect: () => void savePng() }]
                : []),
              { key: 'csv', label: 'Save as CSV', onSelect: saveCsv },
            ]}
          />
        </>
      }
    >
      <div ref={surface} className="min-h-0 flex-1 bg-panel">
        {asTable ? <DataTable {...{ title, head, rows, affected }} /> : children}
      </div>
      {note && <div className="mt-1.5 text-[12px] text-faint">{note}</div>}
      {problem && (
        <p role="alert" className="mt-1.5 text-[12px] text-danger">
          {problem}
        </p>
      )}
    </Panel>
  );
}
