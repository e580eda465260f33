# Intune remediation, detection script. Exit code 0: all is well; 1: it is not, and the one line of output says why.
# Run it as SYSTEM (logged-on credentials: No) and in 64-bit PowerShell (Yes). See docs/ADMIN.md.
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'

$wanted = [version]'@VERSION@'
$key = 'HKLM:\SOFTWARE\Signin Rescue'

function Write-Line([string]$Text) {
    $line = $Text -replace '\s+', ' '
    if ($line.Length -gt 2048) { $line = $line.Substring(0, 2048) }
    Write-Output $line
}

try {
    # Only a 32-bit process on a 64-bit Windows has this; it would look at another part of the registry.
    if (Test-Path -LiteralPath 'Env:PROCESSOR_ARCHITEW6432') {
        Write-Line 'Run this script in 64-bit PowerShell.'
        exit 1
    }
    if (-not (Test-Path -LiteralPath $key)) {
        Write-Line 'Signin Rescue is not installed for everybody on this PC.'
        exit 1
    }
    $installed = Get-ItemProperty -LiteralPath $key
    if ([version]$installed.Version -lt $wanted) {
        Write-Line "Signin Rescue $($installed.Version) is installed, $wanted is wanted."
        exit 1
    }
    $command = Join-Path -Path $installed.Location -ChildPath 'signin-rescue.cmd'
    if (-not (Test-Path -LiteralPath $command)) {
        Write-Line "Signin Rescue $($installed.Version) is registered, but its files are gone."
        exit 1
    }
    # What it writes may hold a folder of this PC; its exit code is the same in every language.
    $ErrorActionPreference = 'Continue'
    & $command status --json 2>$null | Out-Null
    $code = $LASTEXITCODE
    $ErrorActionPreference = 'Stop'
    if ($code -eq 0) {
        Write-Line "Signin Rescue $($installed.Version) works."
        exit 0
    }
    if ($code -eq 3) {
        Write-Line "Signin Rescue $($installed.Version) waits for IT: run signin-rescue.cmd status on this PC."
        exit 1
    }
    Write-Line "Signin Rescue $($installed.Version) has a fault: status ended with exit code $code."
    exit 1
}
catch {
    Write-Line "Signin Rescue could not be looked at: $($_.Exception.Message)"
    exit 1
}
