/** Builds the native host: one ES module and the parts it loads when they are asked for, into dist/host. */
import { defineConfig } from 'vite';

export default defineConfig({
  publicDir: false,
  build: {
    ssr: 'native-host/main.ts',
    outDir: 'dist/host',
    emptyOutDir: true,
    target: 'node22',
    minify: false,
    rollupOptions: {
      // What they bring that is no script is found beside their packages.
      external: ['koffi', 'quickjs-wasi'],
      output: { entryFileNames: 'signin-rescue.js', chunkFileNames: '[name].js' },
    },
  },
  ssr: { noExternal: true, external: ['koffi', 'quickjs-wasi'] },
});
