@echo off
rem Installs Signin Rescue @VERSION@ for everybody on this PC, without a question. Run it as SYSTEM or administrator.
rem The exit code is Windows Installer's: 0 done; 3010 done, and Windows removes the rest when it starts the next time;
rem 1618 another installation is going on, try again later; all else is a failure. See docs\ADMIN.md.
setlocal
"%SystemRoot%\System32\msiexec.exe" /i "%~dp0@MSI@" /qn /norestart /l*v "%SystemRoot%\Temp\signin-rescue-install.log" %*
exit /b %errorlevel%
