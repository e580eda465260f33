# Intune remediation, remediation script: has Windows Installer put back what is missing, then asks again. Exit code 0: all
# is well; 1: it is not, and the one line of output says why. It installs nothing: that is the app's part.
# Run it as SYSTEM (logged-on credentials: No) and in 64-bit PowerShell (Yes). See docs/ADMIN.md.
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'

$productCode = '@PRODUCTCODE@'
$key = 'HKLM:\SOFTWARE\Signin Rescue'

function Write-Line([string]$Text) {
    $line = $Text -replace '\s+', ' '
    if ($line.Length -gt 2048) { $line = $line.Substring(0, 2048) }
    Write-Output $line
}

try {
    $log = Join-Path -Path $env:SystemRoot -ChildPath 'Temp\signin-rescue-repair.log'
    $msiexec = Join-Path -Path $env:SystemRoot -ChildPath 'System32\msiexec.exe'
    $arguments = @('/i', $productCode, 'REINSTALL=ALL', '/qn', '/norestart', '/l*v', "`"$log`"")
    $repair = Start-Process -FilePath $msiexec -ArgumentList $arguments -Wait -PassThru
    if ($repair.ExitCode -eq 1605) {
        Write-Line 'Signin Rescue @VERSION@ is not installed for everybody on this PC: assign the app.'
        exit 1
    }
    if (@(0, 3010, 1641) -notcontains $repair.ExitCode) {
        Write-Line "Windows Installer could not repair Signin Rescue: exit code $($repair.ExitCode), see $log"
        exit 1
    }
    $installed = Get-ItemProperty -LiteralPath $key
    $command = Join-Path -Path $installed.Location -ChildPath 'signin-rescue.cmd'
    $ErrorActionPreference = 'Continue'
    & $command status --json 2>$null | Out-Null
    $code = $LASTEXITCODE
    $ErrorActionPreference = 'Stop'
    if ($code -eq 0) {
        Write-Line "Signin Rescue $($installed.Version) was repaired and works."
        exit 0
    }
    Write-Line "Signin Rescue $($installed.Version) was repaired, but status ended with exit code $code."
    exit 1
}
catch {
    Write-Line "Signin Rescue could not be repaired: $($_.Exception.Message)"
    exit 1
}
