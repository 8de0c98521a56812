'use client';

import { type ComponentProps, createContext, type ReactNode, useContext, useId } from 'react';
import { classNames } from '@/components/ui/class-names';
import type { Option } from './options';

/** What is wrong, by the field's name as the trigger's own schema has it. */
export const FaultsContext = createContext<ReadonlyMap<string, string>>(new Map());

const FIELD_CLASS =
  'h-8 min-w-0 rounded-md border border-edge bg-bg px-2.5 text-[13px] aria-invalid:border-liquidatable';

/** What is wrong with a field, where it is a field by itself or one of a group. */
export function Fault({ of, id }: { readonly of: string; readonly id?: string }) {
  const message = useContext(FaultsContext).get(of);
  if (message === undefined) return null;
  return (
    <span id={id} className="block text-liquidatable text-xs">
      {message}
    </span>
  );
}

interface FieldProps {
  readonly label: string;
  /** Its name among the faults. */
  readonly of: string;
  readonly hint?: ReactNode;
  readonly className?: string;
}

/** Ties an input to its fault: the attributes that say so to those who listen. */
function useFault(of: string) {
  const id = useId();
  const isWrong = useContext(FaultsContext).has(of);
  const described = isWrong && { 'aria-describedby': `${id}-fault` };
  return { id, shared: { id, 'aria-invalid': isWrong, ...described, 'data-field': of } };
}

function Labelled(props: FieldProps & { readonly id: string; readonly children: ReactNode }) {
  const { label, of, hint, className, id, children } = props;
  return (
    <div className={classNames('grid min-w-0 content-start gap-1', className)}>
      <label htmlFor={id} className="text-muted text-xs">
        {label}
      </label>
      {children}
      <Fault of={of} id={`${id}-fault`} />
      {hint && <span className="block text-faint text-xs">{hint}</span>}
    </div>
  );
}

/** A line of text with what belongs before and behind it. */
export function TextField(
  props: FieldProps & {
    readonly value: string;
    readonly onChange: (text: string) => void;
    readonly before?: string;
    readonly after?: string;
    readonly input?: Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'className'>;
  },
) {
  const { value, onChange, before = '', after = '', input } = props;
  const { id, shared } = useFault(props.of);
  return (
    <Labelled {...props} id={id}>
      <span className="flex items-center gap-1.5">
        {before && <span className="text-faint">{before}</span>}
        <input
          autoComplete="off"
          spellCheck={false}
          {...input}
          {...shared}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={`${FIELD_CLASS} w-full flex-1`}
        />
        {after && <span className="whitespace-nowrap text-faint">{after}</span>}
      </span>
    </Labelled>
  );
}

/** One of several, by a native list. */
export function SelectField(
  props: FieldProps & {
    readonly value: string;
    readonly options: readonly Option[];
    /** What stands there while nothing is chosen; left out: something always is. */
    readonly none?: string;
    readonly onChange: (value: string) => void;
  },
) {
  const { value, options, none, onChange } = props;
  const { id, shared } = useFault(props.of);
  return (
    <Labelled {...props} id={id}>
      <select
        {...shared}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={`${FIELD_CLASS} w-full`}
      >
        {none !== undefined && <option value="">{none}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

/** Yes or no. */
export function CheckField(props: {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}) {
  return (
    <label className="flex items-center gap-2 text-[13px]">
      <input
        type="checkbox"
        checked={props.isOn}
        onChange={(event) => props.onChange(event.target.checked)}
        className="size-4 accent-accent"
      />
      {props.label}
    </label>
  );
}
