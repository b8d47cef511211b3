import SwiftUI

/// Where the camera's picture comes there is a grey field.
struct ScanSample: View {
    let state: ScanState
    @Environment(\.words) private var words

    var body: some View {
        ScanContent(state: state, otherWay: words(.screenEnrolTypeDigits)) { Theme.calmPaper.color }
    }
}

#Preview("asking") { NavigationStack { ScanSample(state: .asking) } }

#Preview("looking") { NavigationStack { ScanSample(state: .looking) } }

#Preview("refused") { NavigationStack { ScanSample(state: .refused) } }

#Preview("no camera") { NavigationStack { ScanSample(state: .noCamera) } }
