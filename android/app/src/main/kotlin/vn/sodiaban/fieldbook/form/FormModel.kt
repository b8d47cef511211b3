package vn.sodiaban.fieldbook.form

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import vn.sodiaban.fieldbook.core.Draft
import vn.sodiaban.fieldbook.core.Field
import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.core.FieldbookInterface
import vn.sodiaban.fieldbook.core.InputFault
import vn.sodiaban.fieldbook.core.PostRole
import vn.sodiaban.fieldbook.core.Saved
import vn.sodiaban.fieldbook.photo.Pictures
import vn.sodiaban.fieldbook.ui.Outcome
import vn.sodiaban.fieldbook.ui.Reading
import vn.sodiaban.fieldbook.ui.outcome

/** A form over its draft: kept at each change, in order; pictures waiting for it are taken in whenever it is opened. */
class FormModel<E : Any, P : Enum<P>>(
    private val fieldbook: FieldbookInterface,
    private val pictures: Pictures,
    private val scope: CoroutineScope,
    private val lasting: CoroutineScope,
    private val shape: FormShape<E, P>,
) : FormActions<E, P> {
    private val shown = MutableStateFlow(FormState<E, P>())
    val state: StateFlow<FormState<E, P>> = shown.asStateFlow()

    private val keeping = Mutex()
    private val takingIn = Mutex()
    private val changed = Channel<Unit>(Channel.CONFLATED)
    private var isOneByOne = false
    private var opening: suspend () -> Unit = {}

    /** The form as it stands; none before it is open. */
    val form: Form<E, P>? get() = (shown.value.form as? Reading.Ready)?.value

    fun open(draftId: String?, begin: suspend () -> Draft) {
        var known = draftId
        opening = {
            when (val draft = outcome { known?.let { fieldbook.draft(it) } ?: begin() }) {
                is Outcome.Failed -> shown.value = FormState(Reading.Failed(draft.problem), saved = draftId?.let { savedAs(it) })

                is Outcome.Done -> {
                    known = draft.value.id
                    show(draft.value, isBack = draftId != null)
                }
            }
        }
        scope.launch { opening() }
        scope.launch { keepEachChange() }
    }

    override fun again() {
        shown.value = FormState()
        scope.launch { opening() }
    }

    override fun edit(change: (E) -> E) = enter { it.copy(entry = change(it.entry), beforeRemoval = null) }

    override fun remove(change: (E) -> E) =
        enter { it.copy(entry = change(it.entry), beforeRemoval = it.entry, edition = it.edition + 1) }

    /** As [edit], for what the fields have to show at once. */
    fun fill(change: (E) -> E) =
        enter { it.copy(entry = change(it.entry), beforeRemoval = null, edition = it.edition + 1) }

    override fun undoRemoval() = enter {
        it.copy(entry = it.beforeRemoval ?: it.entry, beforeRemoval = null, edition = it.edition + 1)
    }

    override fun choosePost(id: String) = enter { it.copy(postId = id, fault = null) }

    override fun next() {
        val form = form ?: return
        val missing = shape.missing(form.page, form.entry)
        when {
            missing != null -> fail(missing)
            form.isEditing -> goAt(form.pages.lastIndex)
            else -> goAt(form.at + 1)
        }
    }

    override fun back() {
        val form = form
        when {
            form == null -> shown.update { it.copy(isLeft = true) }
            form.isEditing -> goAt(form.pages.lastIndex)
            form.at > 0 -> goAt(form.at - 1)
            else -> leave()
        }
    }

    override fun goTo(part: P) {
        val form = form ?: return
        goAt(form.pages.indexOfFirst { part in it }, isEditing = true)
    }

    fun fail(field: Field, fault: InputFault = InputFault.MISSING) = set { it.copy(fault = FormFault(field, fault)) }

    override fun save() {
        val form = form ?: return
        if (form.isBusy) return
        set { it.copy(isBusy = true, problem = null, entry = shape.tidy(it.entry), edition = it.edition + 1) }
        scope.launch {
            when (val outcome = keepAndSave(form.draftId)) {
                is Outcome.Failed -> refused(outcome.problem)
                is Outcome.Done -> pictures.forget(form.draftId)
            }
        }
    }

    /** Keeps what is shown. What has begun when the page goes is finished by the core. */
    suspend fun keepNow(): Outcome<Unit> = keeping.withLock { keep() }

    /** The page goes out of sight: the system may end the app from now on. */
    fun onHidden() {
        scope.launch { keepNow() }
    }

    /** Reads again what can be chosen: the place is another one now. */
    suspend fun reloadChoices() {
        val form = form ?: return
        keepNow()
        val choices = (outcome { fieldbook.choices(form.draftId) } as? Outcome.Done)?.value ?: return
        val draft = (outcome { fieldbook.draft(form.draftId) } as? Outcome.Done)?.value ?: return
        set { it.copy(choices = choices, posts = draft.posts, pages = shape.pages(it.entry, choices, isOneByOne)) }
    }

    /** Takes in the pictures that wait in the draft's folder: from the camera, from the gallery, or from before a kill. */
    fun takeInPhotos() {
        scope.launch {
            takingIn.withLock {
                val draftId = form?.draftId ?: return@withLock
                pictures.waiting(draftId).forEach { takeIn(it) }
            }
        }
    }

    /** The last change may come so shortly before the page goes that its turn has not come yet. */
    private suspend fun keepEachChange() = try {
        for (change in changed) keepNow()
    } finally {
        if (form?.isBusy == false) lasting.launch { keepNow() }
    }

    /** The app was ended after "Lưu" and before the next page. */
    private suspend fun savedAs(draftId: String): Saved? = (outcome { fieldbook.savedAs(draftId) } as? Outcome.Done)?.value

    private suspend fun takeIn(waiting: Pictures.Waiting) {
        set { it.copy(photoWork = PhotoWork(waiting.slot)) }
        val outcome = outcome { pictures.small(waiting.file).let { small -> fieldbook.shrinkPhoto(small.path) } }
        when (outcome) {
            is Outcome.Failed -> set { it.copy(photoWork = PhotoWork(waiting.slot, outcome.problem)) }

            is Outcome.Done -> {
                fill { shape.withPhotos(it, waiting.slot, shape.photos(it, waiting.slot) + outcome.value) }
                set { it.copy(photoWork = null) }
                keepNow()
            }
        }
        pictures.delete(waiting)
    }

    private suspend fun show(draft: Draft, isBack: Boolean) {
        val status = (outcome { fieldbook.status() } as? Outcome.Done)?.value
        val roles = status?.posts.orEmpty().map { it.role }
        isOneByOne = PostRole.HEAD in roles && PostRole.LIAISON !in roles
        val choices = when (val choices = outcome { fieldbook.choices(draft.id) }) {
            is Outcome.Failed -> return run { shown.value = FormState(Reading.Failed(choices.problem)) }
            is Outcome.Done -> choices.value
        }
        val entry = shape.unwrap(draft.entry)
        val pages = shape.pages(entry, choices, isOneByOne)
        val part = shape.parts.find { it.name.lowercase() == draft.step }
        shown.value = FormState(
            Reading.Ready(
                Form(
                    draftId = draft.id,
                    entry = entry,
                    choices = choices,
                    pages = pages,
                    at = pages.indexOfFirst { part in it }.coerceAtLeast(0),
                    postId = draft.postId,
                    posts = draft.posts,
                    restoredFrom = draft.updated.takeIf { isBack },
                ),
            ),
        )
        takeInPhotos()
    }

    /** Nothing is kept in between, and nothing after: the draft is a record then. */
    private suspend fun keepAndSave(draftId: String): Outcome<Saved> = keeping.withLock {
        when (val kept = keep()) {
            is Outcome.Failed -> kept

            is Outcome.Done -> outcome { fieldbook.save(draftId) }.also { outcome ->
                if (outcome is Outcome.Done) shown.update { it.copy(saved = outcome.value) }
            }
        }.also { set { it.copy(isBusy = false) } }
    }

    private suspend fun keep(): Outcome<Unit> {
        val form = form?.takeIf { shown.value.saved == null } ?: return Outcome.Done(Unit)
        val step = form.page.first().name.lowercase()
        val outcome = outcome { fieldbook.keepDraft(form.draftId, step, shape.wrap(form.entry), form.postId) }
        if (outcome is Outcome.Failed) set { it.copy(problem = outcome.problem) }
        return outcome
    }

    private fun refused(problem: FieldbookException) {
        if (problem !is FieldbookException.Invalid) return set { it.copy(problem = problem) }
        goTo(shape.partOf(problem.field))
        fail(problem.field, problem.fault)
    }

    /** Says first that something could not be kept; whoever goes back again after that may. */
    private fun leave() {
        val wasTold = form?.problem != null
        scope.launch {
            if (keepNow() is Outcome.Done || wasTold) shown.update { it.copy(isLeft = true) }
        }
    }

    /** Goes to a page; to "Kiểm tra lại" without what was left blank. */
    private fun goAt(at: Int, isEditing: Boolean = false) {
        set {
            val next = it.copy(
                at = at,
                isEditing = isEditing && at != it.pages.lastIndex,
                fault = null,
                problem = null,
                beforeRemoval = null,
                restoredFrom = null,
            )
            if (next.isAtCheck) next.copy(entry = shape.tidy(next.entry), edition = next.edition + 1) else next
        }
        scope.launch { keepNow() }
    }

    private fun set(change: (Form<E, P>) -> Form<E, P>) {
        shown.update { state ->
            val form = (state.form as? Reading.Ready)?.value ?: return@update state
            state.copy(form = Reading.Ready(change(form)))
        }
    }

    private fun enter(change: (Form<E, P>) -> Form<E, P>) {
        set(change)
        changed.trySend(Unit)
    }
}
