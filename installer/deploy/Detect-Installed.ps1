# Detection script for an application of Configuration Manager, or a Win32 app of Intune: one line of output means that this
# version or a newer one is installed for everybody on this PC, none that it is not. The exit code is 0 either way.
# In 64-bit PowerShell; see docs/ADMIN.md.
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'

$wanted = [version]'@VERSION@'
$key = 'HKLM:\SOFTWARE\Signin Rescue'

try {
    if (Test-Path -LiteralPath $key) {
        $installed = Get-ItemProperty -LiteralPath $key
        $folder = Join-Path -Path $installed.Location -ChildPath $installed.Version
        $program = Join-Path -Path $folder -ChildPath 'signin-rescue.exe'
        if (([version]$installed.Version -ge $wanted) -and (Test-Path -LiteralPath $program)) {
            Write-Output "Signin Rescue $($installed.Version)"
        }
    }
}
catch {
    # What cannot be read is not installed. A word of it, even as an error, would count as something else.
}
exit 0
