package pairwright.cli;

import pairwright.provenance.Version;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionLine implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"pairwright " + Version.current()};
    }
}
