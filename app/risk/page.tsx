import type { Metadata } from 'next';
import { RiskIsland } from '@/components/risk/risk-island';

export const metadata: Metadata = { title: 'Risk' };

export default function RiskPage() {
  return <RiskIsland />;
}
