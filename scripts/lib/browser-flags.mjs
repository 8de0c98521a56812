/** For a browser that tests drive, as root in a container too. */
export const BROWSER_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What Playwright 1.65 switches off itself: a switch that is given again replaces the one before. */
const OFF_BY_PLAYWRIGHT = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'msForceBrowserSignIn',
  'msEdgeUpdateLaunchServicesPreferredVersion',
];
/** A toolbar that is a web page of its own: a process more for every window that nobody looks at, an eighth of the tests' time. */
const TOOLBAR = ['InitialWebUI', 'WebUIReloadButton', 'PreloadTopChromeWebUI', 'WebUIToolbar'];

/** For a browser that Playwright drives. */
export const DRIVEN_BROWSER_FLAGS = [
  ...BROWSER_FLAGS,
  `--disable-features=${[...OFF_BY_PLAYWRIGHT, ...TOOLBAR].join(',')}`,
];
