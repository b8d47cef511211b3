package vn.sodiaban.fieldbook.petition

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.FlowPreview
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.debounce
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import vn.sodiaban.fieldbook.core.CaseKind
import vn.sodiaban.fieldbook.core.Draft
import vn.sodiaban.fieldbook.core.Entry
import vn.sodiaban.fieldbook.core.Field
import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.core.FieldbookInterface
import vn.sodiaban.fieldbook.core.InputFault
import vn.sodiaban.fieldbook.core.NewDraft
import vn.sodiaban.fieldbook.core.PetitionEntry
import vn.sodiaban.fieldbook.core.PetitionKind
import vn.sodiaban.fieldbook.core.SorterResult
import vn.sodiaban.fieldbook.core.SorterStep
import vn.sodiaban.fieldbook.core.Urgency
import vn.sodiaban.fieldbook.core.sortPetition
import vn.sodiaban.fieldbook.form.PhotoWork
import vn.sodiaban.fieldbook.petition.PetitionState.Form
import vn.sodiaban.fieldbook.petition.PetitionState.Guidance
import vn.sodiaban.fieldbook.petition.PetitionState.Sorting
import vn.sodiaban.fieldbook.photo.Pictures
import vn.sodiaban.fieldbook.ui.Outcome
import vn.sodiaban.fieldbook.ui.outcome
import vn.sodiaban.fieldbook.words.todayInVietnam

/** Sorts, then fills in a draft that is kept at each step and shortly after each word. */
class PetitionViewModel(
    private val fieldbook: FieldbookInterface,
    private val pictures: Pictures,
    private val lasting: CoroutineScope,
    /** The form's draft; none while only questions were answered, and once it is erased. */
    private var draftId: String?,
) : ViewModel() {
    private val shown = MutableStateFlow(if (draftId == null) Sorting() else PetitionState.Loading)
    val state: StateFlow<PetitionState> = shown.asStateFlow()

    /** One after the other, so that nothing older is written over what is newer. */
    private val keeping = Mutex()
    private val takingIn = Mutex()
    private var isGuiding = false

    init {
        openAgain()
        viewModelScope.launch { keepAfterEachWord() }
    }

    /** Also when it could not be opened before. */
    fun openAgain() {
        draftId?.let { viewModelScope.launch { open(it) } }
    }

    /** What these answers lead to; nothing is kept of them. */
    fun sort(answers: List<Boolean>): SorterStep = sortPetition(answers, todayInVietnam())

    /** It was a denunciation: what was typed before, if anything, is erased before the guidance is shown. */
    fun guide(onErased: () -> Unit) {
        if (shown.value is Guidance || isGuiding) return
        isGuiding = true
        val typed = draftId
        shown.value = PetitionState.Loading
        viewModelScope.launch {
            val read = outcome {
                if (typed != null) {
                    withContext(NonCancellable) { keeping.withLock { fieldbook.eraseDraft(typed) } }
                    draftId = null
                    pictures.forget(typed)
                }
                val places = fieldbook.hamlets()
                Guidance(places.filter { it.own }.ifEmpty { places }, fieldbook.status().officePhone)
            }
            shown.value = when (read) {
                is Outcome.Done -> read.value
                is Outcome.Failed -> PetitionState.Failed(read.problem)
            }
            isGuiding = false
            if (typed != null) onErased()
        }
    }

    fun advised(hamletId: String) {
        val guidance = shown.value as? Guidance ?: return
        if (guidance.isBusy) return
        shown.value = guidance.copy(isBusy = true, problem = null)
        viewModelScope.launch {
            shown.value = when (val noted = outcome { fieldbook.adviseDenunciation(hamletId) }) {
                is Outcome.Done -> guidance.copy(isBusy = false, isNoted = true)
                is Outcome.Failed -> guidance.copy(isBusy = false, problem = noted.problem)
            }
        }
    }

    /** Begins the form of this kind, or gives the one at hand this kind. */
    fun begin(result: SorterResult, onBegun: (draftId: String) -> Unit) {
        val form = shown.value
        if (form is Form) {
            shown.value = form.copy(entry = form.entry.copy(kind = result.kind, urgency = result.urgency), result = result, problem = null)
            onBegun(form.draftId)
            return
        }
        if ((form as? Sorting)?.isBusy != false) return
        shown.value = Sorting(isBusy = true)
        viewModelScope.launch {
            val begun = outcome {
                val own = fieldbook.hamlets().filter { it.own }
                val draft = fieldbook.startDraft(NewDraft(CaseKind.PETITION, own.singleOrNull()?.id, sinceBoot = null, later = false))
                val entry = draft.petition().copy(kind = result.kind, urgency = result.urgency)
                fieldbook.keepDraft(draft.id, PetitionStep.TEXT.name, Entry.Petition(entry), draft.postId)
                formOf(fieldbook.draft(draft.id))
            }
            shown.value = when (begun) {
                is Outcome.Done -> begun.value.also {
                    draftId = it.draftId
                    onBegun(it.draftId)
                }

                is Outcome.Failed -> Sorting(problem = begun.problem)
            }
        }
    }

    fun change(change: PetitionEntry.() -> PetitionEntry) = updateForm { it.copy(entry = it.entry.change(), problem = null) }

    fun choosePost(postId: String) = updateForm { it.copy(postId = postId, problem = null) }

    /** Goes on, past what is not missing. */
    fun next() {
        val form = shown.value as? Form ?: return
        val missing = form.missing()
        when {
            missing != null -> shown.value = form.copy(problem = FieldbookException.Invalid(missing, InputFault.MISSING))
            form.isEditing -> go(PetitionStep.REVIEW)
            else -> go(PetitionStep.entries[form.step.number])
        }
    }

    /** Goes to this page; from "Kiểm tra lại" it is by "Sửa", or back. */
    fun go(step: PetitionStep) {
        updateForm {
            val isEditing = (it.isEditing || it.step == PetitionStep.REVIEW) && step != PetitionStep.REVIEW
            it.copy(step = step, isEditing = isEditing, problem = null, restored = null, removedFrom = null)
        }
        val form = shown.value as? Form ?: return
        viewModelScope.launch {
            keep()
            // The posts that fit depend on the place.
            if (step == PetitionStep.REVIEW) {
                val draft = (outcome { fieldbook.draft(form.draftId) } as? Outcome.Done)?.value ?: return@launch
                updateForm { it.copy(posts = draft.posts) }
            }
        }
    }

    /** The page goes out of sight, maybe for ever. */
    fun keepNow() {
        viewModelScope.launch { keep() }
    }

    fun removePhoto(index: Int) = updateForm {
        val photos = it.entry.photos
        it.copy(entry = it.entry.copy(photos = photos.filterIndexed { at, _ -> at != index }), removedFrom = photos)
    }

    fun undoRemoval() = updateForm { it.copy(entry = it.entry.copy(photos = it.removedFrom ?: it.entry.photos), removedFrom = null) }

    /** Takes in the pictures that wait in the draft's folder: from the camera, from the gallery, or from before a kill. */
    fun takeInPhotos() {
        viewModelScope.launch {
            takingIn.withLock {
                val draftId = (shown.value as? Form)?.draftId ?: return@withLock
                pictures.waiting(draftId).forEach { takeIn(it) }
            }
        }
    }

    fun save() {
        val form = shown.value as? Form ?: return
        if (form.isBusy) return
        if (form.posts.size > 1 && form.postId == null) {
            shown.value = form.copy(problem = FieldbookException.Invalid(Field.Post, InputFault.MISSING))
            return
        }
        shown.value = form.copy(isBusy = true, problem = null)
        viewModelScope.launch {
            val saved = outcome {
                keeping.withLock {
                    fieldbook.keepDraft(form.draftId, form.step.name, Entry.Petition(form.entry), form.postId)
                    fieldbook.save(form.draftId)
                }
            }
            when (saved) {
                is Outcome.Done -> {
                    pictures.forget(form.draftId)
                    shown.value = PetitionState.Saved(saved.value)
                }

                is Outcome.Failed -> shown.value = form.copy(step = saved.problem.step() ?: form.step, problem = saved.problem)
            }
        }
    }

    private suspend fun open(draftId: String) {
        val opened = outcome {
            val draft = fieldbook.draft(draftId)
            formOf(draft).copy(restored = draft.updated.takeIf { draft.repairs == null })
        }
        if (isGuiding || shown.value is Guidance) return
        shown.value = when (opened) {
            is Outcome.Done -> opened.value
            is Outcome.Failed -> savedAs(draftId) ?: PetitionState.Failed(opened.problem)
        }
        takeInPhotos()
    }

    /** The app was ended after "Lưu" and before the next page. */
    private suspend fun savedAs(draftId: String): PetitionState? =
        (outcome { fieldbook.savedAs(draftId) } as? Outcome.Done)?.value?.let(PetitionState::Saved)

    private suspend fun formOf(draft: Draft): Form {
        val entry = draft.petition()
        return Form(
            draftId = draft.id,
            step = PetitionStep.of(draft.step),
            entry = entry,
            result = entry.kind?.let { kind -> way(kind, entry) },
            hamlets = fieldbook.choices(draft.id).hamlets,
            posts = draft.posts,
            postId = draft.postId,
            repairs = draft.repairs != null,
        )
    }

    /** Clock and way of a kind that is known: what the sorter says to the answers that lead there. */
    private fun way(kind: PetitionKind, entry: PetitionEntry): SorterResult? {
        val urgent = entry.urgency == Urgency.URGENT
        val answers = when (kind) {
            PetitionKind.COMPLAINT -> listOf(false, true)
            PetitionKind.FEEDBACK -> listOf(false, false, true, urgent)
            PetitionKind.PROPOSAL -> listOf(false, false, false, urgent)
            PetitionKind.DENUNCIATION, PetitionKind.UNKNOWN -> return null
        }
        return (sort(answers) as? SorterStep.Sorted)?.result
    }

    /** The last word may come so shortly before the page goes that its turn has not come yet. */
    @OptIn(FlowPreview::class)
    private suspend fun keepAfterEachWord() = try {
        shown.debounce(TYPING_MS).collect { keep() }
    } finally {
        lasting.launch { keep() }
    }

    private suspend fun keep() = keeping.withLock {
        val form = (shown.value as? Form)?.takeIf { !it.isBusy } ?: return@withLock
        val kept = outcome { fieldbook.keepDraft(form.draftId, form.step.name, Entry.Petition(form.entry), form.postId) }
        if (kept is Outcome.Failed) updateForm { it.copy(problem = kept.problem) }
    }

    private suspend fun takeIn(waiting: Pictures.Waiting) {
        updateForm { it.copy(photoWork = PhotoWork(waiting.slot)) }
        val small = outcome { fieldbook.shrinkPhoto(pictures.small(waiting.file).path) }
        updateForm {
            when (small) {
                is Outcome.Done -> it.copy(entry = it.entry.copy(photos = it.entry.photos + small.value), photoWork = null)
                is Outcome.Failed -> it.copy(photoWork = PhotoWork(waiting.slot, small.problem))
            }
        }
        keep()
        pictures.delete(waiting)
    }

    private fun updateForm(change: (Form) -> Form) = shown.update { if (it is Form) change(it) else it }
}

/** What this page asks and is not there. */
private fun Form.missing(): Field? = when (step) {
    PetitionStep.TEXT -> Field.Text.takeIf { entry.text.isBlank() && entry.photos.isEmpty() }
    PetitionStep.WHO -> Field.Resident.takeIf { !entry.anonymous && entry.name.isBlank() }
    PetitionStep.WHERE -> Field.Hamlet.takeIf { entry.hamletId.isEmpty() }
    PetitionStep.REVIEW -> null
}

/** Where what is wrong can be put right. */
private fun FieldbookException.step(): PetitionStep? = when ((this as? FieldbookException.Invalid)?.`field`) {
    Field.Text, Field.Photo -> PetitionStep.TEXT
    Field.Resident -> PetitionStep.WHO
    Field.Hamlet, Field.Where -> PetitionStep.WHERE
    else -> null
}

private fun Draft.petition(): PetitionEntry = (entry as Entry.Petition).entry

private const val TYPING_MS = 400L
