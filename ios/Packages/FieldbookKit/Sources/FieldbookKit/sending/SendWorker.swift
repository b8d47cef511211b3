import FieldbookCore

/// Sends and receives once while the app is closed, then tells what is worth knowing and says when to go on.
@MainActor
struct SendWorker {
    let fieldbook: any FieldbookProtocol
    let networkWatch: NetworkWatch
    let plan: SendPlan
    let teller: Teller
    let errands: PhotoErrands

    func work() async {
        guard await outcome({ try await self.fieldbook.status() }).value?.standing != .notEnrolled else { return }
        let network = await networkWatch.now()
        await errands.takeBack()
        let sent = await outcome {
            if let network { try await self.fieldbook.setNetwork(network: network) }
            return try await self.fieldbook.syncNow()
        }
        await teller.tell()
        if !teller.isInSight { await errands.giveAway() }
        again(sent)
    }

    private func again(_ sent: Outcome<SyncOutcome>) {
        switch sent {
        case .failed: plan.hourly()
        case .done(let sent) where sent.waitsForAPerson: break
        case .done(let sent): if sent.complete { plan.hourly() } else { plan.soon() }
        }
    }
}

extension SyncOutcome {
    /// A person has to do something first.
    fileprivate var waitsForAPerson: Bool {
        switch trouble {
        case .revoked, .updateApp, .signInAgain: true
        case .offline, .officeBusy, .untrusted, .broken, .awaitConfirmation, nil: false
        }
    }
}
