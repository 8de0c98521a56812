import { classNames } from './class-names';

/** A place held for what is loading; appears after 300 ms. Give it the size of what will stand there. */
export const Skeleton = ({ className }: { readonly className?: string }) => (
  <span aria-hidden="true" className={classNames('skeleton block', className)} />
);
