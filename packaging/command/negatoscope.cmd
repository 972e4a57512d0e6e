@echo off
rem Runs Negatoscope's command line on the Node beside this file.
setlocal
set NODE_NO_WARNINGS=1
"%~dp0node.exe" "%~dp0..\cli.js" %*
