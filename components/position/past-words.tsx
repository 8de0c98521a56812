/** That a position is liquidatable. Under a what-if nothing is so "now". */
export const PastWords = ({ affected }: { readonly affected: boolean }) => (
  <span className="text-liquidatable">{affected ? 'liquidatable, what-if' : 'liquidatable now'}</span>
);
