#!/usr/bin/env node
void require('./bundle.js').action()
