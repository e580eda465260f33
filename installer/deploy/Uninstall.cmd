@echo off
rem Removes Signin Rescue @VERSION@ for everybody on this PC, without a question. Run it as SYSTEM or administrator.
rem People's backups and history stay; with REMOVEBACKUPS=1 behind it, those of whoever runs it go.
rem The exit code is Windows Installer's, as in Install.cmd; 0, too, where this version is not installed.
setlocal
"%SystemRoot%\System32\msiexec.exe" /x @PRODUCTCODE@ /qn /norestart /l*v "%SystemRoot%\Temp\signin-rescue-uninstall.log" %*
set "CODE=%errorlevel%"
if "%CODE%"=="1605" set "CODE=0"
exit /b %CODE%
